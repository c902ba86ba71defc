package dev.reprise.web;

import dev.reprise.progress.LiveProgress;
import dev.reprise.restart.AnyRestart;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import dev.reprise.restart.RestartStore;
import dev.reprise.restart.VisibleRestarts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Lists restarts, the newest first. */
@RestController
@Tag(name = "Restarts")
class RestartListController {

  private final RestartStore store;
  private final VisibleRestarts visible;
  private final LiveProgress progress;
  private final InstantSource clock;

  RestartListController(
      RestartStore store, VisibleRestarts visible, LiveProgress progress, InstantSource clock) {
    this.store = store;
    this.visible = visible;
    this.progress = progress;
    this.clock = clock;
  }

  @GetMapping("/namespaces/{namespace}/restarts")
  @Operation(
      operationId = "listRestarts",
      summary = "List the restarts of a namespace",
      description =
          "The newest first, as they were last recorded. `Accept: text/plain` for a table.")
  @ApiAnswers.ListOfRestarts
  ResponseEntity<Object> list(
      @Parameter(description = ApiParameters.NAMESPACE, example = "demo") @PathVariable
          String namespace,
      @ParameterObject RestartQuery query,
      @Parameter(hidden = true) @RequestHeader(name = "Accept", required = false)
          @Nullable String accept) {
    String checked = KubernetesNames.namespace(namespace);
    return answer(query, any -> any.key().namespace().equals(checked), false, accept);
  }

  @GetMapping("/restarts")
  @Operation(
      operationId = "listAllRestarts",
      summary = "List the restarts of all namespaces",
      description =
          "The newest first, as they were last recorded. `Accept: text/plain` for a table.")
  @ApiAnswers.ListOfRestarts
  ResponseEntity<Object> listAll(
      @ParameterObject RestartQuery query,
      @Parameter(hidden = true) @RequestHeader(name = "Accept", required = false)
          @Nullable String accept) {
    return answer(query, _ -> true, true, accept);
  }

  private ResponseEntity<Object> answer(
      RestartQuery query,
      Predicate<AnyRestart> among,
      boolean allNamespaces,
      @Nullable String accept) {
    Predicate<AnyRestart> wanted = query.filter().and(among);
    List<AnyRestart> found =
        visible.among(Callers.current(), store.everything().stream().filter(wanted).toList());
    RestartPage page = RestartPage.of(found, query.checkedLimit(), query.continueToken());
    return RequestHeaders.prefersText(accept)
        ? Representation.text(
            RestartText.table(page.restarts(), allNamespaces, clock.instant()), ResponseEntity.ok())
        : ResponseEntity.ok().header(HttpHeaders.VARY, "Accept").body(resource(page));
  }

  private AnyResource recorded(AnyRestart any) {
    return switch (any) {
      case Restart restart -> RestartResource.of(progress.recorded(restart));
      case RestartGroup group -> GroupResource.listed(group);
    };
  }

  private RestartList resource(RestartPage page) {
    return new RestartList(
        page.restarts().stream().map(this::recorded).toList(), page.continueToken());
  }
}
