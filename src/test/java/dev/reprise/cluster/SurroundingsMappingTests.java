package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.reprise.cluster.SurroundingsMapping.Listed;
import dev.reprise.plan.Surroundings;
import dev.reprise.plan.Surroundings.Autoscaler;
import dev.reprise.plan.Surroundings.Quota;
import dev.reprise.plan.Surroundings.VolumeClaim;
import dev.reprise.restart.Samples;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.PodTemplate;
import dev.reprise.workload.References;
import dev.reprise.workload.WorkloadState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SurroundingsMappingTests {

  private static final WorkloadState WEB = Samples.deployment(3);

  @Test
  void takesTheAutoscalerThatScalesTheWorkload() {
    assertThat(autoscalers(WEB, scaling("apps/v1", "Deployment", "web")))
        .containsExactly(new Autoscaler("scaler", 2, 9));
  }

  @Test
  void takesOneReplicaForTheLeastWhereNothingIsSaid() {
    JsonObject silent =
        json(
            "{metadata: {name: s}, spec: {maxReplicas: 4, scaleTargetRef: %s}}",
            "{apiVersion: 'apps/v1', kind: Deployment, name: web}");

    assertThat(autoscalers(WEB, silent)).containsExactly(new Autoscaler("s", 1, 4));
  }

  @ParameterizedTest
  @CsvSource({
    "apps/v1, Deployment, api",
    "apps/v1, StatefulSet, web",
    "example.com/v1, Deployment, web"
  })
  void leavesTheAutoscalerOfSomethingElse(String version, String kind, String name) {
    assertThat(autoscalers(WEB, scaling(version, kind, name))).isEmpty();
  }

  @Test
  void takesTheAutoscalerOfTheRolloutThatRefersToTheDeployment() {
    WorkloadState referred =
        WEB.with(
            new References(null, List.of((ArgoRolloutSnapshot) Samples.rollout(2).workload())));

    assertThat(autoscalers(referred, scaling("argoproj.io/v1alpha1", "Rollout", "canary")))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "pods, 10, 8, 2",
    "requests.cpu, 2, 1500m, 0.5",
    "limits.memory, 2Gi, 1Gi, 1073741824",
    "cpu, 1, 3, 0"
  })
  void reckonsWhatAQuotaLeaves(String resource, String hard, String used, double room) {
    assertThat(surroundings(quota("", resource, hard, used)).quotas())
        .containsExactly(new Quota("q", resource, room));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "requests.storage",
        "requests.nvidia.com/gpu",
        "services",
        "count/deployments.apps",
        "persistentvolumeclaims"
      })
  void leavesTheQuotaOfWhatAPodNeedsNot(String resource) {
    assertThat(surroundings(quota("", resource, "0", "0")).quotas()).isEmpty();
  }

  @Test
  void leavesAQuotaThatIsAboutJobsAlone() {
    Surroundings around = surroundings(quota("scopes: [Terminating]", "pods", "0", "0"));

    assertThat(around.quotas()).isEmpty();
    assertThat(around.notChecked()).isEmpty();
  }

  @Test
  void takesAQuotaThatSparesJobs() {
    assertThat(surroundings(quota("scopes: [NotTerminating]", "pods", "3", "0")).quotas())
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scopes: [BestEffort]",
        "scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: Exists}]}"
      })
  void saysThatItCannotTellWhichPodsAQuotaIsAbout(String scopes) {
    Surroundings around = surroundings(quota(scopes, "pods", "0", "0"));

    assertThat(around.quotas()).isEmpty();
    assertThat(around.notChecked())
        .singleElement()
        .satisfies(unknown -> assertThat(unknown.what()).contains("ResourceQuota q"));
  }

  @Test
  void takesFlaggersCanaryOfTheDeployment() {
    JsonObject canary =
        json(
            "{metadata: {name: c}, spec: {targetRef: %s}}",
            "{apiVersion: 'apps/v1', kind: Deployment, name: web}");
    JsonObject other =
        json(
            "{metadata: {name: d}, spec: {targetRef: %s}}",
            "{apiVersion: 'apps/v1', kind: Deployment, name: api}");

    assertThat(
            surroundings(WEB, new Listed(List.of(), List.of(), List.of(canary, other), List.of()))
                .flaggerCanaries())
        .containsExactly("c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ReadWriteOnce | ReadWriteOnce",
        "ReadWriteOncePod | ReadWriteOncePod",
        "ReadWriteOnce, ReadWriteMany |",
        "ReadOnlyMany, ReadWriteOnce |"
      })
  void takesTheClaimThatOneNodeAloneCanMount(String modes, String taken) {
    assertThat(claims("data", modes))
        .isEqualTo(taken == null ? List.of() : List.of(new VolumeClaim("data", taken)));
  }

  @Test
  void leavesTheClaimThatItsPodsDoNotMount() {
    assertThat(claims("other", "ReadWriteOnce")).isEmpty();
  }

  private static List<VolumeClaim> claims(String name, String modes) {
    JsonObject claim = json("{metadata: {name: %s}, spec: {accessModes: [%s]}}", name, modes);
    WorkloadState mounting =
        Samples.with(
            WEB,
            Samples.with(
                (DeploymentSnapshot) WEB.workload(),
                new PodTemplate("hash", null, Map.of(), true, List.of("data"))));
    return surroundings(mounting, new Listed(List.of(), List.of(), List.of(), List.of(claim)))
        .volumeClaims();
  }

  private static List<Autoscaler> autoscalers(WorkloadState state, JsonObject autoscaler) {
    return surroundings(state, new Listed(List.of(autoscaler), List.of(), List.of(), List.of()))
        .autoscalers();
  }

  private static JsonObject scaling(String version, String kind, String name) {
    return json(
        "{metadata: {name: scaler}, spec: {minReplicas: 2, maxReplicas: 9, scaleTargetRef: %s}}",
        "{apiVersion: '%s', kind: %s, name: %s}".formatted(version, kind, name));
  }

  private static Surroundings surroundings(JsonObject quota) {
    return surroundings(WEB, new Listed(List.of(), List.of(quota), List.of(), List.of()));
  }

  private static JsonObject quota(String scopes, String resource, String hard, String used) {
    return json(
        "{metadata: {name: q}, spec: {%s}, status: {hard: {'%s': '%s'}, used: {'%s': '%s'}}}",
        scopes, resource, hard, resource, used);
  }

  private static Surroundings surroundings(WorkloadState state, Listed listed) {
    return SurroundingsMapping.surroundings(state, listed);
  }

  /** Gson takes names and texts without quotes. */
  private static JsonObject json(String form, Object... values) {
    return JsonParser.parseString(form.formatted(values)).getAsJsonObject();
  }
}
