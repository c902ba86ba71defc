package dev.reprise.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.reprise.workload.WorkloadSelection.All;
import dev.reprise.workload.WorkloadSelection.Criterion;
import dev.reprise.workload.WorkloadSelection.Labels;
import dev.reprise.workload.WorkloadSelection.Uses;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkloadSelectionTests {

  private static final ConfigReference SECRET =
      new ConfigReference(ConfigReference.Kind.Secret, "db");
  private static final ConfigReference CONFIG_MAP =
      new ConfigReference(ConfigReference.Kind.ConfigMap, "db");
  private static final PodTemplate TEMPLATE =
      new PodTemplate("hash", null, Map.of("app", "pods"), true, List.of(), Set.of(SECRET));

  @Test
  void selectsAll() {
    assertThat(selects(new All())).isTrue();
  }

  @Test
  void selectsByKind() {
    assertThat(selects(new All(), WorkloadKind.DaemonSet, WorkloadKind.StatefulSet)).isTrue();
    assertThat(selects(new All(), WorkloadKind.Deployment)).isFalse();
  }

  @Test
  void selectsByItsOwnLabelsAndNotThoseOfItsPods() {
    assertThat(selects(Labels.parse("app=web"))).isTrue();
    assertThat(selects(Labels.parse("app=pods"))).isFalse();
  }

  @Test
  void selectsByWhatTheTemplateUses() {
    assertThat(selects(new Uses(SECRET))).isTrue();
    assertThat(selects(new Uses(CONFIG_MAP))).isFalse();
  }

  @Test
  void takesNoLabelsForAnOversight() {
    assertThatIllegalArgumentException().isThrownBy(() -> Labels.parse(" "));
  }

  @Test
  void readsAsAPersonWouldSayIt() {
    assertThat(selection(new All()).words()).isEqualTo("all workloads");
    assertThat(selection(new Uses(SECRET)).words()).isEqualTo("workloads that use Secret db");
    assertThat(selection(Labels.parse(" app=x,\n !y"), WorkloadKind.Deployment).words())
        .isEqualTo("Deployments with labels app=x, !y");
    assertThat(selection(new All(), WorkloadKind.values()).words())
        .isEqualTo("all Deployments, StatefulSets, DaemonSets and Rollouts");
  }

  private static boolean selects(Criterion by, WorkloadKind... kinds) {
    return selection(by, kinds).selects(daemonSet(), ConfigUsers.of(List.of(daemonSet())));
  }

  private static WorkloadSelection selection(Criterion by, WorkloadKind... kinds) {
    return new WorkloadSelection(Set.of(kinds), by);
  }

  private static DaemonSetSnapshot daemonSet() {
    return new DaemonSetSnapshot(
        new WorkloadMetadata(
            new WorkloadRef(WorkloadKind.DaemonSet, "shop", "web"),
            "uid",
            "1",
            new Generation(1, 1),
            null,
            false,
            List.of(),
            WorkloadMetadata.DEFAULT_HISTORY_LIMIT,
            Map.of("app", "web"),
            RestartPolicy.Allow,
            AnnotationRoom.EMPTY),
        1,
        ReplicaCounts.NONE,
        new UpdateStrategy.OnDelete(),
        TEMPLATE,
        List.of());
  }
}
