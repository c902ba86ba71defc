package dev.reprise.cluster;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.reprise.plan.Surroundings;
import dev.reprise.plan.Surroundings.Autoscaler;
import dev.reprise.plan.Surroundings.NotChecked;
import dev.reprise.plan.Surroundings.Quota;
import dev.reprise.plan.Surroundings.VolumeClaim;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import io.kubernetes.client.custom.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What is around a workload, from the API server's JSON. */
final class SurroundingsMapping {

  /**
   * What every pod of a namespace takes of a quota. Where one limits CPU or memory, each pod must
   * say how much it wants; of other resources, such as GPUs, most pods want none.
   * https://kubernetes.io/docs/concepts/policy/resource-quotas/
   */
  private static final Set<String> OF_EVERY_POD =
      Set.of(
          "pods",
          "count/pods",
          "cpu",
          "memory",
          "requests.cpu",
          "requests.memory",
          "limits.cpu",
          "limits.memory");

  private SurroundingsMapping() {}

  /**
   * Objects as they were listed, about the workload or not.
   *
   * @param flaggerCanaries Flagger's Canaries
   */
  record Listed(
      List<JsonObject> autoscalers,
      List<JsonObject> quotas,
      List<JsonObject> flaggerCanaries,
      List<JsonObject> volumeClaims) {}

  static Surroundings surroundings(WorkloadState state, Listed listed) {
    List<WorkloadRef> targets = targets(state);
    return new Surroundings(
        nodes(listed.autoscalers)
            .filter(node -> isOneOf(targets, node.at("spec", "scaleTargetRef")))
            .map(SurroundingsMapping::autoscaler)
            .toList(),
        nodes(listed.quotas)
            .filter(quota -> scope(quota) == Scope.Pods)
            .flatMap(SurroundingsMapping::quotas)
            .toList(),
        nodes(listed.flaggerCanaries)
            .filter(node -> isOneOf(targets, node.at("spec", "targetRef")))
            .map(SurroundingsMapping::name)
            .toList(),
        nodes(listed.volumeClaims)
            .filter(claim -> state.podTemplate().volumeClaims().contains(name(claim)))
            .flatMap(SurroundingsMapping::volumeClaim)
            .toList(),
        nodes(listed.quotas)
            .filter(quota -> scope(quota) == Scope.Unknown && quotas(quota).findAny().isPresent())
            .map(SurroundingsMapping::notChecked)
            .toList());
  }

  private static Stream<Node> nodes(List<JsonObject> objects) {
    return objects.stream().map(Node::of);
  }

  private static String name(Node object) {
    return object.at("metadata", "name").required();
  }

  /** A Deployment's pods may be a Rollout's that refers to it. */
  private static List<WorkloadRef> targets(WorkloadState state) {
    return Stream.concat(
            Stream.of(state.workload().ref()),
            state.references().referring().stream().map(WorkloadSnapshot::ref))
        .toList();
  }

  private static boolean isOneOf(List<WorkloadRef> targets, Node reference) {
    String group = reference.at("apiVersion").textOr("").replaceFirst("/.*", "");
    return targets.stream()
        .anyMatch(target ->
            reference.at("kind").textOr("").equals(target.kind().kind())
                && reference.at("name").textOr("").equals(target.name())
                && (group.isEmpty() || group.equals(target.kind().group())));
  }

  /** At least one, unless it says otherwise ({@code autoscaling/v2}). */
  private static Autoscaler autoscaler(Node node) {
    return new Autoscaler(
        name(node),
        node.at("spec", "minReplicas").intOr(1),
        node.at("spec", "maxReplicas").intOr(0));
  }

  /** Which pods a quota is about. */
  private enum Scope {
    /** Those of workloads, and perhaps others. */
    Pods,
    /** None of a workload: those with a deadline for their whole life. */
    Jobs,
    /** Some, and that depends on their class or on what they ask for. */
    Unknown
  }

  private static Scope scope(Node quota) {
    List<String> scopes =
        Stream.concat(
                quota.at("spec", "scopes").items().map(Node::required),
                quota
                    .at("spec", "scopeSelector", "matchExpressions")
                    .items()
                    .map(expression -> expression.at("scopeName").required()))
            .toList();
    if (scopes.contains("Terminating")) {
      return Scope.Jobs;
    }
    return scopes.stream().allMatch("NotTerminating"::equals) ? Scope.Pods : Scope.Unknown;
  }

  private static NotChecked notChecked(Node quota) {
    return new NotChecked(
        "limits of ResourceQuota " + name(quota),
        "by its scopes it is about some pods only, maybe about these");
  }

  private static Stream<Quota> quotas(Node quota) {
    Node used = quota.at("status", "used");
    return quota.at("status", "hard").json() instanceof JsonObject hard
        ? hard.entrySet().stream()
            .filter(resource -> OF_EVERY_POD.contains(resource.getKey()))
            .map(resource -> quota(name(quota), resource, used))
        : Stream.of();
  }

  private static Quota quota(String name, Map.Entry<String, JsonElement> hard, Node used) {
    BigDecimal room =
        amount(hard.getValue().getAsString())
            .subtract(amount(used.at(hard.getKey()).textOr("0")))
            .max(BigDecimal.ZERO);
    return new Quota(name, hard.getKey(), room.doubleValue());
  }

  private static BigDecimal amount(String quantity) {
    return Quantity.fromString(quantity).getNumber();
  }

  /** One that pods on several nodes can mount keeps nobody waiting. */
  private static Stream<VolumeClaim> volumeClaim(Node claim) {
    List<String> modes = claim.at("spec", "accessModes").items().map(Node::required).toList();
    return modes.contains("ReadWriteMany") || modes.contains("ReadOnlyMany")
        ? Stream.of()
        : modes.stream().limit(1).map(mode -> new VolumeClaim(name(claim), mode));
  }
}
