package dev.reprise.cluster;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.reprise.restart.WorkloadGateway;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.PodTemplate;
import dev.reprise.workload.References;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.TemplateReference;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadMetadata;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Workloads over the Kubernetes API. */
final class ClusterWorkloads implements WorkloadGateway {

  private final KubernetesApi api;
  private final LiveRead liveRead;
  private final WorkloadWatches watches;

  ClusterWorkloads(KubernetesApi api, WorkloadWatches watches) {
    this.api = api;
    this.liveRead = new LiveRead(api);
    this.watches = watches;
  }

  @Override
  public Reading read(WorkloadRef ref) {
    return read(ref, liveRead::read);
  }

  @Override
  public Reading glance(WorkloadRef ref) {
    return read(ref, liveRead::glance);
  }

  @Override
  public Reading look(WorkloadRef ref) {
    return read(ref, liveRead::look);
  }

  private Reading read(WorkloadRef ref, Function<WorkloadRef, Reading> live) {
    try {
      return watches.covers(ref.namespace())
          ? withNeighbours(live.apply(ref), ref)
          : notCovered(ref);
    } catch (ApiFailure failure) {
      throw Failures.ofRead(failure);
    }
  }

  /** Budgets and referring Rollouts as the watches have them; what it refers to, read live. */
  private Reading withNeighbours(Reading reading, WorkloadRef ref) {
    return switch (reading) {
      case Reading.Found(WorkloadState state, Instant serverTime) -> {
        WorkloadState known = state.with(references(state.workload()));
        yield new Reading.Found(known.with(watches.budgets(ref.namespace())), serverTime);
      }
      case Reading.NoSuchWorkload(),
          Reading.NoSuchNamespace(),
          Reading.NotCovered(),
          Reading.NoSuchKind() ->
          reading;
    };
  }

  private References references(WorkloadSnapshot workload) {
    return switch (workload) {
      case ArgoRolloutSnapshot rollout -> references(rollout, referenced(rollout));
      case DeploymentSnapshot deployment -> new References(null, watches.referringTo(deployment));
      case StatefulSetSnapshot _, DaemonSetSnapshot _ -> References.NONE;
    };
  }

  private References references(
      ArgoRolloutSnapshot rollout, @Nullable DeploymentSnapshot referenced) {
    return referenced == null
        ? References.NONE
        : new References(
            referenced,
            watches.referringTo(referenced).stream()
                .filter(other -> !other.ref().equals(rollout.ref()))
                .toList());
  }

  private @Nullable DeploymentSnapshot referenced(ArgoRolloutSnapshot rollout) {
    TemplateReference reference = rollout.reference();
    if (reference == null || !reference.isToDeployment()) {
      return null;
    }
    WorkloadRef ref =
        new WorkloadRef(WorkloadKind.Deployment, rollout.ref().namespace(), reference.name());
    return (DeploymentSnapshot) live(ref);
  }

  private @Nullable WorkloadSnapshot live(WorkloadRef ref) {
    try {
      return liveRead.look(ref) instanceof Reading.Found found ? found.state().workload() : null;
    } catch (ApiFailure failure) {
      throw Failures.ofRead(failure);
    }
  }

  private Reading notCovered(WorkloadRef ref) {
    return liveRead.isMissing(ref.namespace())
        ? new Reading.NoSuchNamespace()
        : new Reading.NotCovered();
  }

  @Override
  public Listing list(String namespace) {
    try {
      return watches.covers(namespace) ? watched(namespace) : notCovered(namespace);
    } catch (ApiFailure failure) {
      throw Failures.ofRead(failure);
    }
  }

  /** Namespaces are not watched: only where nothing is, it is asked whether there is one. */
  private Listing watched(String namespace) {
    List<WorkloadSnapshot> known = watches.inNamespace(namespace);
    return known.isEmpty() && liveRead.isMissing(namespace)
        ? new Listing.NoSuchNamespace()
        : new Listing.Found(known);
  }

  private Listing notCovered(String namespace) {
    return liveRead.isMissing(namespace) ? new Listing.NoSuchNamespace() : new Listing.NotCovered();
  }

  @Override
  public WriteOutcome write(WorkloadState seen, Trigger trigger, String restart) {
    return switch (trigger.mechanism()) {
      case TemplateAnnotation, RestartAt ->
          patch(seen.workload(), restart, spec(trigger, new JsonPrimitive(trigger.text())));
      case Eviction -> patch(seen.workload(), restart, null);
      case ReferencedTemplateAnnotation -> writeReferenced(seen, trigger, restart);
    };
  }

  /** All of them restart, so none of them is free for another restart meanwhile. */
  private WriteOutcome writeReferenced(WorkloadState seen, Trigger trigger, String restart) {
    DeploymentSnapshot referenced = seen.references().referenced();
    if (referenced == null) {
      return new WriteOutcome.Uncertain();
    }
    for (WorkloadSnapshot referring : referringTo(referenced, seen.workload())) {
      if (!restart.equals(referring.metadata().claim())) {
        WriteOutcome claimed = patch(referring, restart, null);
        if (!(claimed instanceof WriteOutcome.Landed)) {
          return claimed;
        }
      }
    }
    return patch(referenced, restart, spec(trigger, new JsonPrimitive(trigger.text())));
  }

  /** Read live but for the one just seen: as a watch has them, each try might come too late. */
  private List<WorkloadSnapshot> referringTo(DeploymentSnapshot referenced, WorkloadSnapshot seen) {
    return watches.referringTo(referenced).stream()
        .map(WorkloadSnapshot::ref)
        .map(ref -> ref.equals(seen.ref()) ? seen : live(ref))
        .filter(Objects::nonNull)
        .toList();
  }

  private WriteOutcome patch(WorkloadSnapshot seen, String restart, @Nullable JsonObject spec) {
    JsonObject patch = new JsonObject();
    patch.add(
        "metadata",
        preconditioned(seen, object(WorkloadMetadata.CLAIM, new JsonPrimitive(restart))));
    if (spec != null) {
      patch.add("spec", spec);
    }
    return patch(seen.ref(), patch);
  }

  @Override
  public WriteOutcome takeBack(WorkloadSnapshot seen, Trigger trigger) {
    String former = trigger.formerValue();
    JsonObject patch = new JsonObject();
    patch.add("metadata", preconditioned(seen, null));
    patch.add(
        "spec", spec(trigger, former == null ? JsonNull.INSTANCE : new JsonPrimitive(former)));
    return patch(seen.ref(), patch);
  }

  private WriteOutcome patch(WorkloadRef ref, JsonObject patch) {
    try {
      ApiAnswer answer =
          api.mergePatch(Resources.of(ref.kind()).in(ref.namespace()).named(ref.name()), patch);
      return new WriteOutcome.Landed(WorkloadMapping.workload(ref.kind(), answer.body()));
    } catch (ApiFailure failure) {
      return outcomeOf(failure);
    }
  }

  /** What certainly changed nothing is refused; all else is for a live read to decide. */
  private static WriteOutcome outcomeOf(ApiFailure failure) {
    return switch (failure.code()) {
      case 400, 401, 403, 405, 413, 415, 422 ->
          new WriteOutcome.Refused(failure.reason(), failure.serverMessage());
      case 429 -> throw Failures.ofRead(failure);
      default -> new WriteOutcome.Uncertain();
    };
  }

  @Override
  public Following follow(WorkloadRef ref, Runnable onChange) {
    return watches.follow(ref, onChange);
  }

  private static JsonObject spec(Trigger trigger, JsonElement value) {
    return switch (trigger.mechanism()) {
      case TemplateAnnotation, ReferencedTemplateAnnotation ->
          object(
              "template",
              object("metadata", object("annotations", object(PodTemplate.RESTARTED_AT, value))));
      case RestartAt -> object("restartAt", value);
      case Eviction -> throw new IllegalStateException("An eviction leaves the spec alone");
    };
  }

  private static JsonObject preconditioned(
      WorkloadSnapshot seen, @Nullable JsonObject annotations) {
    JsonObject metadata = new JsonObject();
    metadata.addProperty("resourceVersion", seen.metadata().resourceVersion());
    if (annotations != null) {
      metadata.add("annotations", annotations);
    }
    return metadata;
  }

  private static JsonObject object(String field, JsonElement value) {
    JsonObject object = new JsonObject();
    object.add(field, value);
    return object;
  }
}
