package dev.reprise.cluster;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.reprise.restart.WorkloadGateway;
import dev.reprise.workload.PodTemplate;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadMetadata;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import java.util.List;
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
      return watches.covers(ref.namespace()) ? live.apply(ref) : notCovered(ref);
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
  public WriteOutcome write(WorkloadSnapshot seen, Trigger trigger, String restart) {
    JsonObject annotations = object(WorkloadMetadata.CLAIM, new JsonPrimitive(restart));
    JsonObject patch = new JsonObject();
    patch.add("metadata", preconditioned(seen, annotations));
    patch.add("spec", spec(trigger, new JsonPrimitive(trigger.text())));
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
      case TemplateAnnotation ->
          object(
              "template",
              object("metadata", object("annotations", object(PodTemplate.RESTARTED_AT, value))));
      case RestartAt -> object("restartAt", value);
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
