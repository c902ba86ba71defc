package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Generation;
import dev.reprise.workload.IntOrPercent;
import dev.reprise.workload.ReplicaCounts;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.UpdateStrategy.RollingUpdate;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadSnapshot;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What absent fields stand for; the golden folders have whole objects. */
class WorkloadMappingTests {

  @ParameterizedTest
  @EnumSource
  void readsAWorkloadThatNoControllerHasSeen(WorkloadKind kind) {
    WorkloadSnapshot workload = WorkloadMapping.workload(kind, object("{}"));

    assertThat(workload.ref()).hasToString(kind + " shop/web");
    assertThat(workload.counts()).isEqualTo(ReplicaCounts.NONE);
    assertThat(workload.conditions()).isEmpty();
    assertThat(workload.metadata().generation()).isEqualTo(new Generation(0, 0));
    assertThat(workload.metadata().claim()).isNull();
    assertThat(workload.metadata().deleting()).isFalse();
    assertThat(workload.template().restartedAt()).isNull();
  }

  @Test
  void defaultsADeployment() {
    DeploymentSnapshot deployment = (DeploymentSnapshot) of(WorkloadKind.Deployment, "{}");

    assertThat(deployment.desired()).isEqualTo(1);
    assertThat(deployment.paused()).isFalse();
    assertThat(deployment.strategy())
        .isEqualTo(new RollingUpdate(IntOrPercent.percent(25), IntOrPercent.percent(25)));
  }

  @Test
  void defaultsAStatefulSet() {
    StatefulSetSnapshot set = (StatefulSetSnapshot) of(WorkloadKind.StatefulSet, "{}");

    assertThat(set.desired()).isEqualTo(1);
    assertThat(set.partition()).isZero();
    assertThat(set.firstOrdinal()).isZero();
    assertThat(set.strategy())
        .isEqualTo(new RollingUpdate(IntOrPercent.count(0), IntOrPercent.count(1)));
  }

  @Test
  void defaultsADaemonSet() {
    DaemonSetSnapshot set = (DaemonSetSnapshot) of(WorkloadKind.DaemonSet, "{}");

    assertThat(set.desired()).isZero();
    assertThat(set.strategy())
        .isEqualTo(new RollingUpdate(IntOrPercent.count(0), IntOrPercent.count(1)));
  }

  @Test
  void defaultsARollout() {
    ArgoRolloutSnapshot rollout = rollout("{\"strategy\": {\"canary\": {}}}");

    assertThat(rollout.desired()).isEqualTo(1);
    assertThat(rollout.strategy().maxUnavailable()).isEqualTo(IntOrPercent.percent(25));
    assertThat(rollout.restartAt()).isNull();
    assertThat(rollout.restartedAt()).isNull();
    assertThat(rollout.phase()).isEmpty();
    assertThat(rollout.message()).isEmpty();
  }

  @Test
  void defaultsABlueGreenRolloutToAQuarter() {
    assertThat(rollout("{\"strategy\": {\"blueGreen\": {}}}").strategy().maxUnavailable())
        .isEqualTo(IntOrPercent.percent(25));
  }

  @Test
  void readsLimitsAsNumbersTextsAndShares() {
    assertThat(canary("3")).isEqualTo(IntOrPercent.count(3));
    assertThat(canary("\"3\"")).isEqualTo(IntOrPercent.count(3));
    assertThat(canary("\"30%\"")).isEqualTo(IntOrPercent.percent(30));
  }

  /** The API server lets such a Rollout pass, and Argo then counts with 0. */
  @ParameterizedTest
  @ValueSource(strings = {"one", "", "%", "1.5%", "99999999999", "99999999999%"})
  void readsALimitThatIsNoNumberAsNone(String limit) {
    assertThat(canary('"' + limit + '"')).isEqualTo(IntOrPercent.count(0));
  }

  @Test
  void readsTimesInAnyZone() {
    ArgoRolloutSnapshot rollout = rollout("{\"restartAt\": \"2026-03-01T12:00:00+02:00\"}");

    assertThat(rollout.restartAt()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
  }

  @Test
  void knowsARolloutWithoutATemplateByTheHashInItsStatus() {
    assertThat(hash(referring("6f7d9")))
        .isEqualTo(hash(referring("6f7d9")))
        .isNotEqualTo(hash(referring("5c8b4")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "namespace", "uid", "resourceVersion"})
  void refusesWhatIsNoStoredObject(String field) {
    JsonObject object = object("{}");
    object.getAsJsonObject("metadata").remove(field);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> WorkloadMapping.workload(WorkloadKind.Deployment, object));
  }

  private static IntOrPercent canary(String maxUnavailable) {
    return rollout("{\"strategy\": {\"canary\": {\"maxUnavailable\": " + maxUnavailable + "}}}")
        .strategy()
        .maxUnavailable();
  }

  private static JsonObject referring(String podHash) {
    JsonObject object = object("{\"workloadRef\": {\"kind\": \"Deployment\", \"name\": \"web\"}}");
    JsonObject status = new JsonObject();
    status.addProperty("currentPodHash", podHash);
    object.add("status", status);
    return object;
  }

  private static String hash(JsonObject rollout) {
    return WorkloadMapping.workload(WorkloadKind.ArgoRollout, rollout).template().hash();
  }

  private static ArgoRolloutSnapshot rollout(String spec) {
    return (ArgoRolloutSnapshot) of(WorkloadKind.ArgoRollout, spec);
  }

  private static WorkloadSnapshot of(WorkloadKind kind, String spec) {
    return WorkloadMapping.workload(kind, object(spec));
  }

  private static JsonObject object(String spec) {
    return JsonParser.parseString(
            """
            {"metadata": {"name": "web", "namespace": "shop", "uid": "u", "resourceVersion": "1"},
             "spec": %s}
            """
                .formatted(spec))
        .getAsJsonObject();
  }
}
