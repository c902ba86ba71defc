package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.ArgoStep;
import dev.reprise.workload.ArgoStrategy;
import dev.reprise.workload.ArgoStrategy.BlueGreen;
import dev.reprise.workload.ArgoStrategy.Canary;
import dev.reprise.workload.IntOrPercent;
import dev.reprise.workload.WorkloadKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How an Argo Rollout replaces its pods, with Argo's defaults. */
class ArgoStrategyMappingTests {

  @Test
  void readsACanary() {
    assertThat(
            of(
                "{canary: {maxSurge: 2, maxUnavailable: 10%, steps: [{setWeight: 5}, {pause: {}}]}}"))
        .isEqualTo(
            new Canary(
                IntOrPercent.count(2),
                IntOrPercent.percent(10),
                List.of(new ArgoStep.SetWeight(5), new ArgoStep.Pause(null)),
                false));
    assertThat(of("{canary: {}}"))
        .isEqualTo(
            new Canary(IntOrPercent.percent(25), IntOrPercent.percent(25), List.of(), false));
  }

  @Test
  void readsBlueGreen() {
    assertThat(of("{blueGreen: {activeService: web, maxUnavailable: 1}}"))
        .isEqualTo(new BlueGreen(IntOrPercent.count(1), true));
    assertThat(of("{blueGreen: {activeService: web}}"))
        .isEqualTo(new BlueGreen(IntOrPercent.percent(25), true));
  }

  @Test
  void knowsThatABlueGreenRolloutWaitsForAPersonWhateverItsDelay() {
    assertThat(of("{blueGreen: {activeService: web, autoPromotionEnabled: true}}"))
        .isEqualTo(new BlueGreen(IntOrPercent.percent(25), true));
    assertThat(
            of(
                "{blueGreen: {activeService: web, autoPromotionEnabled: false, autoPromotionSeconds: 30}}"))
        .isEqualTo(new BlueGreen(IntOrPercent.percent(25), false));
  }

  private static ArgoStrategy of(String strategy) {
    Node rollout =
        YamlObject.node(
            "metadata: {name: web, namespace: demo, uid: u, resourceVersion: '1'}\n"
                + "spec: {template: {}, strategy: %s}".formatted(strategy));
    return ((ArgoRolloutSnapshot)
            WorkloadMapping.workload(WorkloadKind.ArgoRollout, rollout.json().getAsJsonObject()))
        .strategy();
  }
}
