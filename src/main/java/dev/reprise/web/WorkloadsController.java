package dev.reprise.web;

import dev.reprise.plan.RestartPlanner;
import dev.reprise.plan.StrategyPlan;
import dev.reprise.restart.Access;
import dev.reprise.restart.RestartStore;
import dev.reprise.restart.WorkloadGateway;
import dev.reprise.restart.WorkloadGateway.Listing;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows what can be restarted, and what that would cost. */
@RestController
@RequestMapping("/namespaces/{namespace}/workloads")
@Tag(name = "Workloads", description = "See what can be restarted, and what that would cost")
class WorkloadsController {

  private final WorkloadGateway workloads;
  private final RestartStore store;
  private final RestartPlanner planner;
  private final Access access;
  private final InstantSource clock;

  WorkloadsController(
      WorkloadGateway workloads,
      RestartStore store,
      RestartPlanner planner,
      Access access,
      InstantSource clock) {
    this.workloads = workloads;
    this.store = store;
    this.planner = planner;
    this.access = access;
    this.clock = clock;
  }

  @GetMapping
  @Operation(
      operationId = "listWorkloads",
      summary = "List what can be restarted",
      description =
          "By kind and name, from the watches that the service keeps anyway: it may be asked as"
              + " often as you like. 'Accept: text/plain' for a table.")
  @ApiAnswers.ListOfWorkloads
  ResponseEntity<Object> list(
      @PathVariable String namespace,
      @ParameterObject WorkloadQuery query,
      @Parameter(hidden = true) @RequestHeader(name = "Accept", required = false)
          @Nullable String accept) {
    String checked = KubernetesNames.namespace(namespace);
    Set<WorkloadKind> kinds = query.kinds();
    int limit = query.checkedLimit();
    return switch (workloads.list(checked)) {
      case Listing.Missing<WorkloadSnapshot>(var what) -> {
        access.requireAny(Callers.current(), checked, kinds);
        yield Problems.answer(Problems.missing(what, checked));
      }
      case Listing.Found<WorkloadSnapshot>(List<WorkloadSnapshot> found) -> {
        List<WorkloadSnapshot> wanted = visible(checked, kinds, found);
        yield answer(checked, WorkloadPage.of(wanted, limit, query.continueToken()), accept);
      }
    };
  }

  /** Who sees nothing is told so, unless it is because there is nothing. */
  private List<WorkloadSnapshot> visible(
      String namespace, Set<WorkloadKind> kinds, List<WorkloadSnapshot> found) {
    List<WorkloadSnapshot> wanted =
        found.stream().filter(workload -> kinds.contains(workload.ref().kind())).toList();
    Set<WorkloadRef> allowed =
        access.restartable(Callers.current(), wanted.stream().map(WorkloadSnapshot::ref).toList());
    if (allowed.isEmpty()) {
      access.requireAny(Callers.current(), namespace, kinds);
    }
    return wanted.stream().filter(workload -> allowed.contains(workload.ref())).toList();
  }

  private ResponseEntity<Object> answer(
      String namespace, WorkloadPage page, @Nullable String accept) {
    LastRestarts last = LastRestarts.in(namespace, store.all());
    List<WorkloadView> views =
        page.workloads().stream()
            .map(workload -> new WorkloadView(workload, last.of(workload.ref()), null))
            .toList();
    return RequestHeaders.prefersText(accept)
        ? Representation.text(
            WorkloadText.table(views, page.continueToken(), clock.instant()), ResponseEntity.ok())
        : json(
            new WorkloadList(
                views.stream().map(WorkloadResource::of).toList(), page.continueToken()));
  }

  @GetMapping("/{kind}/{name}")
  @Operation(
      operationId = "getWorkload",
      summary = "Look at a workload and what restarting it would cost",
      description =
          "Read from the API server, with the plan of every strategy side by side; nothing is"
              + " changed. 'Accept: text/plain' for people.")
  @ApiAnswers.OneWorkload
  ResponseEntity<Object> get(
      @PathVariable String namespace,
      @Parameter(description = "In any case, or kubectl's short name", example = "deploy")
          @PathVariable
          String kind,
      @PathVariable String name,
      @Parameter(hidden = true) @RequestHeader(name = "Accept", required = false)
          @Nullable String accept) {
    WorkloadRef ref =
        new WorkloadRef(
            CheckedBody.kindOf(kind),
            KubernetesNames.namespace(namespace),
            KubernetesNames.workload("name", name));
    access.require(Callers.current(), ref);
    return switch (workloads.glance(ref)) {
      case Reading.Missing missing -> Problems.answer(Problems.missing(missing, ref));
      case Reading.Found found -> answer(found.state(), accept);
    };
  }

  private ResponseEntity<Object> answer(WorkloadState state, @Nullable String accept) {
    WorkloadSnapshot workload = state.workload();
    LastRestarts last = LastRestarts.in(workload.ref().namespace(), store.all());
    WorkloadView view =
        new WorkloadView(
            workload,
            last.of(workload.ref()),
            StrategyPlan.allOf(planner, state, workloads.survey(state)));
    return RequestHeaders.prefersText(accept)
        ? Representation.text(WorkloadText.of(view, clock.instant()), ResponseEntity.ok())
        : json(WorkloadResource.of(view));
  }

  private static ResponseEntity<Object> json(Object body) {
    return ResponseEntity.ok().header(HttpHeaders.VARY, "Accept").body(body);
  }
}
