package dev.reprise.web;

import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStore;
import dev.reprise.workload.WorkloadKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists restarts, the newest first. */
@RestController
@Tag(name = "Restarts")
class RestartListController {

  private final RestartStore store;

  RestartListController(RestartStore store) {
    this.store = store;
  }

  @GetMapping("/namespaces/{namespace}/restarts")
  @Operation(
      summary = "List the restarts of a namespace",
      description = "The newest first; as their leader last recorded them.")
  RestartPage list(
      @PathVariable String namespace,
      @Parameter(description = "Only of this kind of workload") @RequestParam(required = false)
          @Nullable String kind,
      @Parameter(description = "Only of the workload with this name")
          @RequestParam(required = false)
          @Nullable String name,
      @Parameter(description = "Only in this phase") @RequestParam(required = false)
          @Nullable String phase,
      @Parameter(description = "Only asked for by this user") @RequestParam(required = false)
          @Nullable String requestedBy,
      @Parameter(description = "At most so many, 1 to 500") @RequestParam(defaultValue = "100")
          int limit,
      @Parameter(description = "From the answer before, for the next page")
          @RequestParam(name = "continue", required = false)
          @Nullable String continueToken) {
    String checked = KubernetesNames.namespace(namespace);
    Predicate<Restart> wanted =
        filter(kind, name, phase, requestedBy)
            .and(restart -> restart.key().namespace().equals(checked));
    List<Restart> found = store.all().stream().filter(wanted).toList();
    return RestartPage.of(found, limit, continueToken);
  }

  private static Predicate<Restart> filter(
      @Nullable String kind,
      @Nullable String name,
      @Nullable String phase,
      @Nullable String requestedBy) {
    Predicate<Restart> wanted = _ -> true;
    if (kind != null) {
      WorkloadKind wantedKind = RestartBody.kindOf(kind);
      wanted = wanted.and(restart -> restart.target().kind() == wantedKind);
    }
    if (name != null) {
      wanted = wanted.and(restart -> restart.target().name().equals(name));
    }
    if (phase != null) {
      Phase wantedPhase = RestartBody.oneOf("phase", Phase.class, phase, Phase.Pending);
      wanted = wanted.and(restart -> restart.status().phase() == wantedPhase);
    }
    if (requestedBy != null) {
      wanted = wanted.and(restart -> restart.spec().requestedBy().user().equals(requestedBy));
    }
    return wanted;
  }
}
