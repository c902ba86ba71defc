package dev.reprise.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.plan.Strategy;
import dev.reprise.workload.AnnotationRoom;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.ArgoStrategy;
import dev.reprise.workload.ArgoUpdate;
import dev.reprise.workload.ConfigReference;
import dev.reprise.workload.ConfigReference.Kind;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Generation;
import dev.reprise.workload.IntOrPercent;
import dev.reprise.workload.ManagedBy;
import dev.reprise.workload.PodTemplate;
import dev.reprise.workload.ReloadAnnotations;
import dev.reprise.workload.ReplicaCounts;
import dev.reprise.workload.RestartPolicy;
import dev.reprise.workload.TemplateReference;
import dev.reprise.workload.UpdateStrategy;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadMetadata;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReloadablesTests {

  private static final Map<String, String> AUTO = Map.of(ReloadAnnotations.RELOAD, "auto");
  private static final Map<String, String> NEW_REVISION =
      Map.of(ReloadAnnotations.RELOAD, "auto", ReloadAnnotations.STRATEGY, "NewRevision");
  private static final Map<String, String> RELOADERS =
      Map.of(ReloadAnnotations.RELOADER_AUTO, "true");
  private static final ConfigReference DB = new ConfigReference(Kind.Secret, "db");
  private static final ConfigReference PULL = new ConfigReference(Kind.Secret, "pull");

  @Test
  void findsWhoAsksForIt() {
    assertThat(of(deployment("web", AUTO), deployment("quiet", Map.of())).all())
        .singleElement()
        .satisfies(found -> {
          assertThat(found.target().name()).isEqualTo("web");
          assertThat(found.strategy()).isEqualTo(Strategy.Auto);
        });
  }

  @Test
  void leavesOutWhatOnlyTheKubeletUses() {
    assertThat(of(deployment("web", AUTO)).all().getFirst().configs()).containsExactly(DB);
  }

  @Test
  void honoursWhatTheRolloutSays() {
    assertThat(of(deployment("web", Map.of()), rollout("canary", "web", AUTO)).all())
        .singleElement()
        .satisfies(found -> {
          assertThat(found.target().kind()).isEqualTo(WorkloadKind.ArgoRollout);
          assertThat(found.configs()).containsExactly(DB);
        });
  }

  @Test
  void honoursWhatTheDeploymentSaysThatTheRolloutRefersTo() {
    assertThat(of(deployment("web", AUTO), rollout("canary", "web", Map.of())).all())
        .extracting(found -> found.target().kind())
        .containsExactly(WorkloadKind.ArgoRollout);
  }

  @Test
  void renewsASharedPodTemplateOnce() {
    assertThat(
            of(
                    deployment("web", NEW_REVISION),
                    rollout("one", "web", Map.of()),
                    rollout("two", "web", Map.of()))
                .all())
        .extracting(found -> found.target().name())
        .containsExactly("one");
  }

  @Test
  void takesReloadersAnnotationsOnlyWhenToldTo() {
    assertThat(of(deployment("web", RELOADERS)).all()).isEmpty();
    assertThat(Reloadables.of(List.of(deployment("web", RELOADERS)), true).all()).hasSize(1);
  }

  @Test
  void tellsWhatItDoesNotUnderstand() {
    Reloadables found = of(deployment("web", Map.of(ReloadAnnotations.RELOAD, "perhaps")));

    assertThat(found.all()).isEmpty();
    assertThat(found.notUnderstood()).hasSize(1);
  }

  @Test
  void warnsOfThoseWithAnnotationsForBoth() {
    Map<String, String> both =
        Map.of(ReloadAnnotations.RELOAD, "auto", ReloadAnnotations.RELOADER_AUTO, "true");

    assertThat(
            BesideReloader.of(
                List.of(deployment("both", both), deployment("theirs", RELOADERS)), false))
        .extracting(WorkloadRef::name)
        .containsExactly("both");
  }

  @Test
  void warnsOfAllOfReloadersWhileItRunsBesideUs() {
    WorkloadSnapshot reloader =
        deployment(
            "reloader-reloader",
            Map.of(),
            Map.of("provider", "stakater", "group", "com.stakater.platform"));

    assertThat(BesideReloader.of(List.of(deployment("web", RELOADERS)), true)).isEmpty();
    assertThat(BesideReloader.of(List.of(deployment("web", RELOADERS), reloader), true))
        .extracting(WorkloadRef::name)
        .containsExactly("web");
  }

  private static Reloadables of(WorkloadSnapshot... namespace) {
    return Reloadables.of(List.of(namespace), false);
  }

  private static DeploymentSnapshot deployment(String name, Map<String, String> reloading) {
    return deployment(name, reloading, Map.of());
  }

  private static DeploymentSnapshot deployment(
      String name, Map<String, String> reloading, Map<String, String> labels) {
    return new DeploymentSnapshot(
        metadata(WorkloadKind.Deployment, name, reloading, labels),
        1,
        counts(),
        new UpdateStrategy.Recreate(),
        false,
        template(Set.of(DB, PULL)),
        List.of());
  }

  private static ArgoRolloutSnapshot rollout(
      String name, String deployment, Map<String, String> reloading) {
    return new ArgoRolloutSnapshot(
        metadata(WorkloadKind.ArgoRollout, name, reloading, Map.of()),
        1,
        counts(),
        new ArgoStrategy.Canary(IntOrPercent.percent(25), IntOrPercent.count(1), List.of(), false),
        template(Set.of()),
        null,
        null,
        "Healthy",
        "",
        List.of(),
        ArgoUpdate.NONE,
        new TemplateReference("Deployment", deployment, 1));
  }

  private static ReplicaCounts counts() {
    return new ReplicaCounts(1, 1, 1, 1);
  }

  private static PodTemplate template(Set<ConfigReference> uses) {
    @Nullable String never = null;
    return new PodTemplate(
        "hash",
        never,
        Map.of(),
        true,
        List.of(),
        uses,
        uses.contains(PULL) ? Set.of(PULL) : Set.of());
  }

  private static WorkloadMetadata metadata(
      WorkloadKind kind, String name, Map<String, String> reloading, Map<String, String> labels) {
    boolean isReloaders = reloading.containsKey(ReloadAnnotations.RELOADER_AUTO);
    return new WorkloadMetadata(
        new WorkloadRef(kind, "demo", name),
        "uid-" + name,
        "1",
        new Generation(1, 1),
        null,
        false,
        isReloaders ? List.of(new ManagedBy(ManagedBy.Tool.Reloader, "", "annotation")) : List.of(),
        WorkloadMetadata.DEFAULT_HISTORY_LIMIT,
        labels,
        RestartPolicy.Allow,
        AnnotationRoom.EMPTY,
        reloading);
  }
}
