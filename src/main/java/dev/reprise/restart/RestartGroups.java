package dev.reprise.restart;

import dev.reprise.plan.GroupPlan;
import dev.reprise.restart.GroupObstacle.Binding;
import dev.reprise.restart.WorkloadGateway.Listing;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
  private final PermittedGroups permitted;
  private final VisibleRestarts visible;
  private final Cooldown cooldown;
  private final RandomGenerator random;

  public RestartGroups(
      RestartStore restarts,
      GroupStore groups,
      WorkloadGateway workloads,
      RestartWaiting waiting,
      PermittedGroups permitted,
      VisibleRestarts visible,
      Cooldown cooldown,
      RandomGenerator random) {
    this.restarts = restarts;
    this.groups = groups;
    this.workloads = workloads;
    this.waiting = waiting;
    this.permitted = permitted;
    this.visible = visible;
    this.cooldown = cooldown;
    this.random = random;
  }

  /**
   * Records a group, unless it can be told beforehand that it would not be made, and waits a moment
   * for its members to be chosen.
   *
   * @throws ClusterUnavailable when the API server does not answer
   * @throws ClusterRefused when it does not let us record the group
   * @throws Forbidden when the caller may restart nothing of what is selected, or what an earlier
   *     request with the same Idempotency-Key has selected
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
      case Listing.Missing<WorkloadState>(var what) -> {
        permitted.requireSome(request.namespace(), request.asked());
        yield new GroupOutcome.Missing(what);
      }
      case Listing.Found<WorkloadState>(List<WorkloadState> states) -> {
        GroupPlan plan = planOf(request, states);
        Optional<GroupObstacle> obstacle = obstacle(request, plan, busy(restarts, plan));
        yield obstacle.isPresent()
            ? new GroupOutcome.TurnedAway(obstacle.get())
            : record(request, key);
      }
    };
  }

  /**
   * What the request would come to now. An Idempotency-Key is not looked at.
   *
   * @throws ClusterUnavailable when the API server does not answer
   * @throws Forbidden when the caller may restart nothing of what is selected
   */
  public GroupDryRunOutcome dryRun(GroupRequest request) {
    return switch (workloads.statesOf(request.namespace())) {
      case Listing.Missing<WorkloadState>(var what) -> {
        permitted.requireSome(request.namespace(), request.asked());
        yield new GroupDryRunOutcome.Missing(what);
      }
      case Listing.Found<WorkloadState>(List<WorkloadState> states) -> {
        GroupPlan plan = planOf(request, states);
        List<Restart> busy = busy(restarts, plan);
        Optional<GroupObstacle> obstacle = obstacle(request, plan, busy);
        yield new GroupDryRunOutcome.Told(
            new GroupDryRun(
                request,
                plan,
                busy,
                obstacle,
                obstacle.isPresent()
                    ? null
                    : groups.dryRunCreate(keyFor(request), request.spec())));
      }
    };
  }

  private GroupPlan planOf(GroupRequest request, List<WorkloadState> states) {
    GroupPlan plan = permitted.plan(states, request.asked());
    if (plan.isEmpty()) {
      permitted.requireSome(request.namespace(), request.asked());
    }
    return plan;
  }

  /**
   * The Restarts of members that are under way, as they are now: what the cache has not heard of
   * yet shows when the member's own Restart begins.
   */
  private static List<Restart> busy(RestartStore restarts, GroupPlan plan) {
    Set<WorkloadRef> members =
        plan.members().stream()
            .flatMap(member -> Stream.of(member.target(), member.plan().workload()))
            .collect(Collectors.toSet());
    return UnderWay.now(
            restarts,
            restart -> members.contains(restart.target()) || members.contains(restart.followed()))
        .toList();
  }

  /** Who asks for a later time is told then whether it is busy. */
  private Optional<GroupObstacle> obstacle(
      GroupRequest request, GroupPlan plan, List<Restart> busy) {
    GroupSpec asked = request.asked();
    return ofSelection(asked, plan)
        .<GroupObstacle>map(obstacle -> obstacle)
        .or(() -> cooling(plan))
        .or(() -> asked.notBefore() == null ? ofBusy(asked, busy) : Optional.empty());
  }

  private Optional<GroupObstacle> cooling(GroupPlan plan) {
    return cooldown
        .of(plan.members().stream().map(GroupPlan.Member::target).toList())
        .map(GroupObstacle.CoolingDown::new);
  }

  /** What keeps a group from beginning now, be it asked for over HTTP or not. */
  public static Optional<Binding> obstacle(RestartStore restarts, GroupSpec spec, GroupPlan plan) {
    return ofSelection(spec, plan).or(() -> ofBusy(spec, busy(restarts, plan)));
  }

  private static Optional<Binding> ofSelection(GroupSpec spec, GroupPlan plan) {
    if (plan.isEmpty()) {
      return Optional.of(new GroupObstacle.NothingSelected(spec.selection()));
    }
    if (plan.size() > GroupSpec.MOST_MEMBERS) {
      return Optional.of(new GroupObstacle.TooMany(plan.size()));
    }
    return plan.refused().isEmpty()
        ? Optional.empty()
        : Optional.of(new GroupObstacle.Refused(plan));
  }

  private static Optional<Binding> ofBusy(GroupSpec spec, List<Restart> busy) {
    return spec.whenBusy() == WhenBusy.Reject && !busy.isEmpty()
        ? Optional.of(new GroupObstacle.Busy(busy))
        : Optional.empty();
  }

  private GroupOutcome record(GroupRequest request, RestartKey key) throws InterruptedException {
    return switch (groups.create(key, request.spec())) {
      case Created.New<RestartGroup>(RestartGroup group) ->
          new GroupOutcome.Accepted(awaitBegin(group));
      // The name was drawn by lot, and somebody else had drawn it.
      case Created.Present<RestartGroup>(AnyRestart there)
          when request.idempotencyKey() == null && !isFor(request, there) ->
          record(request, keyFor(request));
      case Created.Present<RestartGroup>(AnyRestart there) -> sameRequest(request, there);
    };
  }

  private GroupOutcome sameRequest(GroupRequest request, AnyRestart earlier)
      throws InterruptedException {
    visible.require(request.asked().requestedBy(), earlier);
    return earlier instanceof RestartGroup group && isFor(request, group)
        ? new GroupOutcome.Accepted(awaitBegin(group))
        : new GroupOutcome.KeyReused(earlier);
  }

  private static boolean isFor(GroupRequest request, AnyRestart restart) {
    return Objects.equals(request.fingerprint(), restart.fingerprint());
  }

  private RestartGroup awaitBegin(RestartGroup group) throws InterruptedException {
    return waiting.awaitRecorded(RestartGroup.class, group, RestartGroup::isSettled, BEGIN_WAIT);
  }

  private RestartKey keyFor(GroupRequest request) {
    return RestartNames.keyFor(
        request.asked().requestedBy(),
        request.namespace(),
        request.idempotencyKey(),
        "group",
        random);
  }
}
