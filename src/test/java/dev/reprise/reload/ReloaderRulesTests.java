package dev.reprise.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.plan.Strategy;
import dev.reprise.reload.ReloadRules.Reading;
import dev.reprise.workload.ConfigReference;
import dev.reprise.workload.ConfigReference.Kind;
import dev.reprise.workload.WorkloadKind;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReloaderRulesTests {

  private static final ConfigReference DB = new ConfigReference(Kind.Secret, "db");
  private static final ConfigReference APP = new ConfigReference(Kind.ConfigMap, "app");
  private static final Set<ConfigReference> USED = Set.of(DB, APP);

  @Test
  void takesAllThatIsUsed() {
    assertThat(of("reloader.stakater.com/auto", "true")).isEqualTo(USED);
  }

  @Test
  void takesOneKindAlone() {
    assertThat(of("secret.reloader.stakater.com/auto", "true")).containsExactly(DB);
    assertThat(of("configmap.reloader.stakater.com/auto", "true")).containsExactly(APP);
  }

  @Test
  void takesWhatItsListsName() {
    assertThat(of("secret.reloader.stakater.com/reload", "db, other"))
        .containsExactlyInAnyOrder(DB, new ConfigReference(Kind.Secret, "other"));
  }

  @Test
  void takesNamesThatLookSo() {
    assertThat(of("configmap.reloader.stakater.com/reload", "a.*")).containsExactly(APP);
  }

  @Test
  void leavesOutWhatIsExcluded() {
    assertThat(
            rule(
                    Map.of(
                        "reloader.stakater.com/auto",
                        "true",
                        "secrets.exclude.reloader.stakater.com/reload",
                        "db"),
                    WorkloadKind.Deployment)
                .of(USED))
        .containsExactly(APP);
  }

  @Test
  void isOffUnlessItIsTrue() {
    assertThat(
            ReloaderRules.of(
                Map.of("reloader.stakater.com/auto", "false"), WorkloadKind.Deployment))
        .isEqualTo(new Reading.Nothing());
  }

  @Test
  void recreatesThePodsOfARolloutWhoseOwnerSaysRestart() {
    Map<String, String> annotations =
        Map.of(
            "reloader.stakater.com/auto", "true",
            "reloader.stakater.com/rollout-strategy", "restart");

    assertThat(rule(annotations, WorkloadKind.ArgoRollout).strategy())
        .isEqualTo(Strategy.RecreatePods);
    assertThat(rule(annotations, WorkloadKind.Deployment).strategy())
        .isEqualTo(Strategy.NewRevision);
  }

  private static Set<ConfigReference> of(String key, String value) {
    return rule(Map.of(key, value), WorkloadKind.Deployment).of(USED);
  }

  private static ReloadRule rule(Map<String, String> annotations, WorkloadKind kind) {
    return ((Reading.Says) ReloaderRules.of(annotations, kind)).rule();
  }
}
