package dev.reprise.restart;

import dev.reprise.plan.GroupPlan;
import dev.reprise.plan.GroupPlanner;
import dev.reprise.restart.GroupStore.Created;
import dev.reprise.restart.WorkloadGateway.Listing;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadState;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Starts groups of Restarts, or tells what would come of it. Any replica may do this: it only
 * records what is asked; the leader chooses the members anew and carries it out. Safe for use by
 * many threads.
 */
public final class RestartGroups {

  /** How long a caller is kept waiting to hear which members were chosen. */
  private static final Duration BEGIN_WAIT = Duration.ofSeconds(2);

  private final RestartStore restarts;
  private final GroupStore groups;
  private final WorkloadGateway workloads;
  private final RestartWaiting waiting;
  private final GroupPlanner planner;
  private final Cooldown cooldown;
  private final RandomGenerator random;

  public RestartGroups(
      RestartStore restarts,
      GroupStore groups,
      WorkloadGateway workloads,
      RestartWaiting waiting,
      GroupPlanner planner,
      Cooldown cooldown,
      RandomGenerator random) {
    this.restarts = restarts;
    this.groups = groups;
    this.workloads = workloads;
    this.waiting = waiting;
    this.planner = planner;
    this.cooldown = cooldown;
    this.random = random;
  }

  /**
   * Records a group, unless it can be told beforehand that it would not be made, and waits a moment
   * for its members to be chosen.
   *
   * @throws ClusterUnavailable when the API server does not answer
   * @throws ClusterRefused when it does not let us record the group
   */
  public GroupOutcome start(GroupRequest request) throws InterruptedException {
    RestartKey key = keyFor(request);
    if (request.idempotencyKey() != null) {
      Optional<AnyRestart> earlier = restarts.find(key);
      if (earlier.isPresent()) {
        return sameRequest(request, earlier.get());
      }
    }
    return switch (workloads.statesOf(request.namespace())) {
      case Listing.Missing<WorkloadState>(var what) -> new GroupOutcome.Missing(what);
      case Listing.Found<WorkloadState>(List<WorkloadState> states) -> {
        GroupPlan plan = planOf(planner, states, request.spec());
        Optional<GroupOutcome> inTheWay =
            inTheWay(request, plan, busy(restarts, plan), cooling(plan));
        yield inTheWay.isPresent() ? inTheWay.get() : record(request, key);
      }
    };
  }

  /**
   * What the request would come to now. An Idempotency-Key is not looked at.
   *
   * @throws ClusterUnavailable when the API server does not answer
   */
  public GroupDryRunOutcome dryRun(GroupRequest request) {
    return switch (workloads.statesOf(request.namespace())) {
      case Listing.Missing<WorkloadState>(var what) -> new GroupDryRunOutcome.Missing(what);
      case Listing.Found<WorkloadState>(List<WorkloadState> states) -> {
        GroupPlan plan = planOf(planner, states, request.spec());
        List<Restart> busy = busy(restarts, plan);
        Cooldown.@Nullable Cooling cooling = cooling(plan);
        yield new GroupDryRunOutcome.Told(
            new GroupDryRun(
                request,
                plan,
                busy,
                cooling,
                inTheWay(request, plan, busy, cooling).isPresent()
                    ? null
                    : groups.dryRunCreate(keyFor(request), request.spec())));
      }
    };
  }

  /** The plan as a group of this kind goes by it. */
  public static GroupPlan planOf(
      GroupPlanner planner, Collection<WorkloadState> states, GroupSpec spec) {
    GroupPlan plan = planner.plan(states, spec.selection(), spec.strategy(), spec.acceptDowntime());
    return spec.skipRefused() ? plan.skippingRefused() : plan;
  }

  /**
   * The Restarts of members that are under way, as they are now: what the cache has not heard of
   * yet shows when the member's own Restart begins.
   */
  public static List<Restart> busy(RestartStore restarts, GroupPlan plan) {
    Set<WorkloadRef> members =
        plan.members().stream()
            .flatMap(member -> Stream.of(member.target(), member.plan().workload()))
            .collect(Collectors.toSet());
    return restarts.unfinished().stream()
        .filter(restart -> !restart.isScheduled())
        .filter(
            restart -> members.contains(restart.target()) || members.contains(restart.followed()))
        .sorted(Restart.IN_TURN)
        .flatMap(restart -> restarts.readOneLive(restart.key()).stream())
        .filter(now -> !now.isFinished())
        .toList();
  }

  private Cooldown.@Nullable Cooling cooling(GroupPlan plan) {
    return cooldown.of(plan.members().stream().map(GroupPlan.Member::target).toList()).orElse(null);
  }

  static Optional<GroupOutcome> inTheWay(
      GroupRequest request,
      GroupPlan plan,
      List<Restart> busy,
      Cooldown.@Nullable Cooling cooling) {
    if (plan.isEmpty()) {
      return Optional.of(new GroupOutcome.NothingSelected(request.selection()));
    }
    if (plan.size() > GroupSpec.MOST_MEMBERS) {
      return Optional.of(new GroupOutcome.TooMany(plan.size()));
    }
    if (!plan.refused().isEmpty()) {
      return Optional.of(new GroupOutcome.Refused(plan));
    }
    if (cooling != null) {
      return Optional.of(new GroupOutcome.CoolingDown(cooling));
    }
    boolean isTurnedAway = request.whenBusy() == WhenBusy.Reject && request.notBefore() == null;
    return isTurnedAway && !busy.isEmpty()
        ? Optional.of(new GroupOutcome.Busy(busy))
        : Optional.empty();
  }

  private GroupOutcome record(GroupRequest request, RestartKey key) throws InterruptedException {
    return switch (groups.create(key, request.spec())) {
      case Created.New(RestartGroup group) -> new GroupOutcome.Accepted(awaitBegin(group));
      // The name was drawn by lot, and somebody else had drawn it.
      case Created.Present(AnyRestart there)
          when request.idempotencyKey() == null && !isFor(request, there) ->
          record(request, keyFor(request));
      case Created.Present(AnyRestart there) -> sameRequest(request, there);
    };
  }

  private GroupOutcome sameRequest(GroupRequest request, AnyRestart earlier)
      throws InterruptedException {
    return earlier instanceof RestartGroup group && isFor(request, group)
        ? new GroupOutcome.Accepted(awaitBegin(group))
        : new GroupOutcome.KeyReused(earlier);
  }

  private static boolean isFor(GroupRequest request, AnyRestart restart) {
    return Objects.equals(request.fingerprint(), restart.fingerprint());
  }

  /** It is recorded by now, so whatever goes wrong here must not sound as if it were not. */
  private RestartGroup awaitBegin(RestartGroup group) throws InterruptedException {
    try {
      return waiting
          .await(RestartGroup.class, group.key(), RestartGroup::isSettled, BEGIN_WAIT)
          .orElse(group);
    } catch (ClusterUnavailable | ClusterRefused _) {
      return group;
    }
  }

  private RestartKey keyFor(GroupRequest request) {
    String idempotencyKey = request.idempotencyKey();
    return new RestartKey(
        request.namespace(),
        idempotencyKey == null
            ? RestartNames.readable("group", random)
            : RestartNames.ofKey(request.caller().user(), request.namespace(), idempotencyKey));
  }
}
