package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.reprise.plan.GroupPlan.Skipped;
import dev.reprise.plan.Strategy;
import dev.reprise.restart.Caller;
import dev.reprise.restart.GroupCounts;
import dev.reprise.restart.GroupSpec;
import dev.reprise.restart.GroupStatus;
import dev.reprise.restart.GroupStatus.Member;
import dev.reprise.restart.MemberSet;
import dev.reprise.restart.OnFailure;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.WhenBusy;
import dev.reprise.workload.ConfigReference;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSelection;
import dev.reprise.workload.WorkloadSelection.All;
import dev.reprise.workload.WorkloadSelection.Criterion;
import dev.reprise.workload.WorkloadSelection.Labels;
import dev.reprise.workload.WorkloadSelection.Uses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GroupMappingTests {

  private static final RestartKey KEY = new RestartKey("shop", "group-7k2m9x");
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final WorkloadRef WEB = new WorkloadRef(WorkloadKind.Deployment, "shop", "web");
  private static final Trigger TRIGGER =
      new Trigger(Mechanism.TemplateAnnotation, START, WEB, "uid-web", 3, null, "hash", 7);

  @ParameterizedTest
  @MethodSource
  void readsBackTheSpecThatItWrites(Criterion by) {
    GroupSpec spec = spec(new WorkloadSelection(Set.of(WorkloadKind.DaemonSet), by));

    assertThat(GroupMapping.group(stored(GroupMapping.object(KEY, spec))).spec()).isEqualTo(spec);
  }

  static Stream<Criterion> readsBackTheSpecThatItWrites() {
    return Stream.of(
        new All(),
        Labels.parse("app=web,tier!=cache"),
        new Uses(new ConfigReference(ConfigReference.Kind.Secret, "db")),
        new Uses(new ConfigReference(ConfigReference.Kind.ConfigMap, "app")));
  }

  @Test
  void readsBackTheStatusThatItWrites() {
    GroupSpec spec = spec(new WorkloadSelection(Set.of(), new All()));
    RestartGroup group = GroupMapping.group(stored(GroupMapping.object(KEY, spec)));
    GroupStatus status =
        new GroupStatus(
            Phase.Failed,
            "MembersFailed",
            "1 failed",
            START,
            START.plusMillis(250),
            List.of(
                new Member(WEB, "web-1", List.of("pdb"), TRIGGER),
                new Member(WEB, "web-2", List.of(), null)),
            List.of(new Skipped(WEB, "NothingToRestart", "scaled to zero")),
            MemberSet.parse("0-1"),
            MemberSet.parse("1"),
            MemberSet.parse("0"),
            new GroupCounts(1, 2, 3, 4, 5, 6, 7));
    JsonObject object = stored(GroupMapping.object(KEY, spec));
    object.add("status", GroupMapping.status(group, status));

    assertThat(GroupMapping.group(object).status()).isEqualTo(status);
  }

  @Test
  void sendsTheMembersOnlyOnce() {
    GroupSpec spec = spec(new WorkloadSelection(Set.of(), new All()));
    RestartGroup group = GroupMapping.group(stored(GroupMapping.object(KEY, spec)));
    GroupStatus chosen =
        group.status().begun(List.of(new Member(WEB, "web-1", List.of(), null)), List.of(), START);

    assertThat(GroupMapping.status(group, chosen).has("members")).isTrue();
    assertThat(
            GroupMapping.status(group.with(chosen), chosen.admitting(MemberSet.parse("0")))
                .has("members"))
        .isFalse();
  }

  /** With names of almost sixty letters, and the triggers of the first thousand. */
  @Test
  void keepsAsManyMembersAsThereMayBeInOneObject() {
    GroupSpec spec = spec(new WorkloadSelection(Set.of(), new All()));
    RestartGroup group = GroupMapping.group(stored(GroupMapping.object(KEY, spec)));
    List<Member> members =
        IntStream.range(0, GroupSpec.MOST_MEMBERS)
            .mapToObj(number -> {
              WorkloadRef ref =
                  new WorkloadRef(
                      WorkloadKind.Deployment,
                      "shop",
                      "web-%d-".formatted(number) + "x".repeat(50));
              Member member = group.member(ref, List.of());
              return number < 1000 ? member.with(TRIGGER) : member;
            })
            .toList();

    JsonObject status = GroupMapping.status(group, group.status().begun(members, List.of(), START));

    assertThat(status.toString()).hasSizeLessThan(1_500_000);
  }

  @Test
  void writesAMemberThatBelongsToItsGroup() {
    GroupSpec spec = spec(new WorkloadSelection(Set.of(), new All()));
    RestartGroup group = GroupMapping.group(stored(GroupMapping.object(KEY, spec)));

    JsonObject member = stored(GroupMapping.member(group, group.member(WEB, List.of())));

    Restart restart = RestartMapping.restart(member);
    assertThat(restart.groupKey()).contains(KEY);
    assertThat(restart.spec()).isEqualTo(spec.ofMember(WEB, group.membership()));
    assertThat(
            Node.of(member)
                .at("metadata", "ownerReferences")
                .items()
                .findFirst()
                .orElseThrow()
                .at("uid")
                .text())
        .isEqualTo(group.uid());
  }

  @Test
  void refusesOneThatSelectsNothing() {
    JsonObject object =
        stored(GroupMapping.object(KEY, spec(new WorkloadSelection(Set.of(), new All()))));
    object.getAsJsonObject("spec").remove("all");

    assertThatThrownBy(() -> RestartMapping.any(object))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static GroupSpec spec(WorkloadSelection selection) {
    return new GroupSpec(
        selection,
        Strategy.NewRevision,
        "new certificates",
        true,
        WhenBusy.Wait,
        START,
        Duration.ofMinutes(20),
        7,
        OnFailure.Continue,
        true,
        new Caller("jane", List.of("devs")),
        "3f5a",
        false);
  }

  /** As an API server keeps it. */
  private static JsonObject stored(JsonObject object) {
    JsonObject stored = JsonParser.parseString(object.toString()).getAsJsonObject();
    JsonObject metadata = stored.getAsJsonObject("metadata");
    metadata.addProperty("uid", "u-1");
    metadata.addProperty("resourceVersion", "1");
    metadata.addProperty("creationTimestamp", START.toString());
    return stored;
  }
}
