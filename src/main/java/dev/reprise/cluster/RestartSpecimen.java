package dev.reprise.cluster;

import com.google.gson.JsonObject;
import dev.reprise.plan.GroupPlan;
import dev.reprise.plan.Strategy;
import dev.reprise.restart.Caller;
import dev.reprise.restart.GroupCounts;
import dev.reprise.restart.GroupMembership;
import dev.reprise.restart.GroupSpec;
import dev.reprise.restart.GroupStatus;
import dev.reprise.restart.LastSeen;
import dev.reprise.restart.MemberSet;
import dev.reprise.restart.OnFailure;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Reload;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.RestartSpec;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.WhenBusy;
import dev.reprise.rollout.Blocker;
import dev.reprise.rollout.PodEviction;
import dev.reprise.rollout.RevisionChange;
import dev.reprise.rollout.RolloutProgress;
import dev.reprise.workload.ConfigReference;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSelection;
import dev.reprise.workload.WorkloadSelection.Uses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A Restart with each field that this version ever writes; what it says makes no sense. */
final class RestartSpecimen {

  private static final String ANY = "any";
  private static final WorkloadRef WORKLOAD = new WorkloadRef(WorkloadKind.Deployment, ANY, ANY);
  private static final RestartSpec SPEC =
      new RestartSpec(
          WORKLOAD,
          Strategy.Auto,
          ANY,
          true,
          WhenBusy.Wait,
          Instant.EPOCH,
          Duration.ofHours(1),
          new Caller(ANY, List.of(ANY)),
          ANY,
          new GroupMembership(ANY, ANY),
          new Reload(
              ANY,
              1,
              ANY,
              ANY,
              Map.of(new ConfigReference(ConfigReference.Kind.Secret, ANY), ANY),
              true),
          true);
  private static final Trigger TRIGGER =
      new Trigger(Mechanism.TemplateAnnotation, Instant.EPOCH, WORKLOAD, ANY, 1, ANY, ANY, 1);

  private static final RestartStatus STATUS =
      new RestartStatus(
          Phase.Failed,
          ANY,
          ANY,
          Instant.EPOCH,
          Instant.EPOCH,
          TRIGGER,
          new Landed(1, ANY, 1),
          new Landed(2, ANY, 1),
          new LastSeen(
              new RolloutProgress(1, 1, 1, 1, 1),
              1,
              Instant.EPOCH,
              new RevisionChange(1, 2L),
              List.of(new Blocker(ANY, ANY, ANY, ANY))),
          List.of(new PodEviction(ANY, ANY, ANY)));

  private static final GroupSpec GROUP_SPEC =
      new GroupSpec(
          new WorkloadSelection(
              Set.of(WorkloadKind.Deployment),
              new Uses(new ConfigReference(ConfigReference.Kind.Secret, ANY))),
          Strategy.Auto,
          ANY,
          true,
          WhenBusy.Wait,
          Instant.EPOCH,
          Duration.ofHours(1),
          1,
          OnFailure.Stop,
          true,
          new Caller(ANY, List.of(ANY)),
          ANY,
          true);
  private static final GroupStatus GROUP_STATUS =
      new GroupStatus(
          Phase.Failed,
          ANY,
          ANY,
          Instant.EPOCH,
          Instant.EPOCH,
          List.of(new GroupStatus.Member(WORKLOAD, ANY, List.of(ANY), TRIGGER)),
          List.of(new GroupPlan.Skipped(WORKLOAD, ANY, ANY)),
          MemberSet.NONE,
          MemberSet.NONE,
          MemberSet.NONE,
          GroupCounts.NONE);

  private RestartSpecimen() {}

  static JsonObject object() {
    RestartKey key = new RestartKey(ANY, ANY);
    JsonObject object = RestartMapping.object(key, SPEC);
    // The one field that is written later than the others.
    object.getAsJsonObject("spec").addProperty("cancel", true);
    object.add(
        "status",
        RestartStatusMapping.status(
            new Restart(key, ANY, "1", Instant.EPOCH, SPEC, STATUS), STATUS));
    return object;
  }

  /** The same of a group. */
  static JsonObject group() {
    RestartKey key = new RestartKey(ANY, ANY);
    JsonObject object = GroupMapping.object(key, GROUP_SPEC);
    object.add(
        "status",
        GroupMapping.status(
            new RestartGroup(key, ANY, "1", Instant.EPOCH, GROUP_SPEC, GroupStatus.NEW),
            GROUP_STATUS));
    return object;
  }
}
