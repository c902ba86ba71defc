package dev.reprise.cluster;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.reprise.workload.PodTemplate;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadMetadata;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import org.jspecify.annotations.Nullable;

/** A change of a workload, as a JSON merge patch of the workload as it was seen. */
record WorkloadPatch(WorkloadRef ref, JsonObject body) {

  /** The claim of this restart alone. */
  static WorkloadPatch claiming(WorkloadSnapshot seen, String restart) {
    return new WorkloadPatch(
        seen.ref(),
        object(
            "metadata",
            preconditioned(seen, object(WorkloadMetadata.CLAIM, new JsonPrimitive(restart)))));
  }

  /** Claim and trigger at once; an eviction leaves the workload's spec alone. */
  static WorkloadPatch triggering(WorkloadSnapshot seen, Trigger trigger, String restart) {
    WorkloadPatch patch = claiming(seen, restart);
    switch (trigger.mechanism()) {
      case TemplateAnnotation, ReferencedTemplateAnnotation, RestartAt ->
          patch.body.add("spec", spec(trigger, new JsonPrimitive(trigger.text())));
      case Eviction -> {}
    }
    return patch;
  }

  /** The trigger's former value. */
  static WorkloadPatch takingBack(WorkloadSnapshot seen, Trigger trigger) {
    String former = trigger.formerValue();
    JsonObject patch = object("metadata", preconditioned(seen, null));
    patch.add(
        "spec", spec(trigger, former == null ? JsonNull.INSTANCE : new JsonPrimitive(former)));
    return new WorkloadPatch(seen.ref(), patch);
  }

  /** The same, with this in the history of revisions. */
  WorkloadPatch because(String cause) {
    JsonObject metadata = body.getAsJsonObject("metadata");
    if (!metadata.has("annotations")) {
      metadata.add("annotations", new JsonObject());
    }
    metadata.getAsJsonObject("annotations").addProperty("kubernetes.io/change-cause", cause);
    return this;
  }

  ApiPath path() {
    return Resources.of(ref.kind()).in(ref.namespace()).named(ref.name());
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
