package dev.reprise.plan;

import dev.reprise.plan.Finding.Code;
import dev.reprise.workload.AnnotationRoom;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether there is room for the annotations that a restart writes. The API server says so of the
 * object that is written, but of what its controller makes of it only when the write has landed,
 * and then no pod is replaced.
 */
final class AnnotationFindings {

  private AnnotationFindings() {}

  static Stream<Finding> of(Mechanism mechanism, WorkloadState state) {
    WorkloadSnapshot written = state.written(mechanism);
    return Stream.concat(
        Stream.of(state.workload(), written == null ? state.workload() : written)
            .distinct()
            .flatMap(object -> ofClaimed(object).stream()),
        written == null ? Stream.of() : ofTemplate(mechanism, written).stream());
  }

  private static Optional<Finding> ofClaimed(WorkloadSnapshot object) {
    AnnotationRoom room = object.metadata().annotations();
    return full(object, room.withClaim(), "the annotations of %s")
        .or(() ->
            full(
                object,
                room.ofReplicaSet(),
                "the annotations of the ReplicaSet of %s, onto which its controller copies its"
                    + " own,"));
  }

  private static Optional<Finding> ofTemplate(Mechanism mechanism, WorkloadSnapshot written) {
    return switch (mechanism) {
      case TemplateAnnotation, ReferencedTemplateAnnotation ->
          full(
              written,
              written.metadata().annotations().ofPods(),
              "the annotations of the pods of %s");
      case RestartAt, Eviction -> Optional.empty();
    };
  }

  private static Optional<Finding> full(WorkloadSnapshot object, int bytes, String what) {
    return bytes <= AnnotationRoom.LIMIT
        ? Optional.empty()
        : Optional.of(
            Finding.refusal(
                Code.AnnotationsFull,
                "With those of a restart, %s would have %d bytes; the API server allows %d"
                    .formatted(what.formatted(object.ref()), bytes, AnnotationRoom.LIMIT),
                "Remove those that nobody needs: kubectl annotate %s <key>-"
                    .formatted(object.ref().forKubectl())));
  }
}
