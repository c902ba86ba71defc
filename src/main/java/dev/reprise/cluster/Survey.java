package dev.reprise.cluster;

import com.google.gson.JsonObject;
import dev.reprise.cluster.SurroundingsMapping.Listed;
import dev.reprise.plan.Surroundings;
import dev.reprise.plan.Surroundings.NotChecked;
import dev.reprise.workload.WorkloadState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/** Looks at what is around a workload, past our caches; what can't be read is told so. */
final class Survey {

  /** Nobody is kept waiting longer for what only adds to the picture. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final KubernetesApi api;

  Survey(KubernetesApi api) {
    this.api = api.within(PATIENCE);
  }

  /** What became of one list. */
  private record Part(List<JsonObject> found, List<NotChecked> notChecked) {}

  Surroundings of(WorkloadState state) {
    String namespace = state.workload().ref().namespace();
    Selection all = Selection.ALL.fromCache();
    FutureTask<Part> autoscalers = begin(Resources.AUTOSCALERS, namespace, List.of(all));
    FutureTask<Part> quotas = begin(Resources.QUOTAS, namespace, List.of(all));
    FutureTask<Part> canaries = begin(Resources.FLAGGER_CANARIES, namespace, List.of(all));
    FutureTask<Part> claims =
        begin(
            Resources.VOLUME_CLAIMS,
            namespace,
            state.podTemplate().volumeClaims().stream().map(Survey::named).toList());
    List<Part> parts =
        Stream.of(autoscalers, quotas, canaries, claims).map(LiveRead::outcomeOf).toList();
    Listed listed =
        new Listed(parts.get(0).found, parts.get(1).found, parts.get(2).found, parts.get(3).found);
    return SurroundingsMapping.surroundings(state, listed)
        .without(parts.stream().flatMap(part -> part.notChecked.stream()).toList());
  }

  private static Selection named(String object) {
    return new Selection(null, "metadata.name=" + object, true);
  }

  private FutureTask<Part> begin(
      ApiResource resource, String namespace, List<Selection> selections) {
    FutureTask<Part> task = new FutureTask<>(() -> list(resource, namespace, selections));
    Thread.startVirtualThread(task);
    return task;
  }

  private Part list(ApiResource resource, String namespace, List<Selection> selections) {
    List<JsonObject> found = new ArrayList<>();
    try {
      for (Selection selection : selections) {
        api.list(resource.in(namespace), selection, found::add);
      }
      return new Part(found, List.of());
    } catch (ApiFailure failure) {
      // A kind that the cluster does not have leaves no gap in what is known.
      return new Part(
          found,
          failure.code() == 404
              ? List.of()
              : List.of(new NotChecked(resource.plural(), failure.serverMessage())));
    }
  }
}
