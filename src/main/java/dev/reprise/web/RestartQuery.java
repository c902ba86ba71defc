package dev.reprise.web;

import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.workload.WorkloadKind;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;

/** Which restarts are wanted, as it came: every field is text until it is checked. */
record RestartQuery(
    @Parameter(description = "Only of this kind of workload", schema = @Schema(type = "string"))
        @Nullable String kind,
    @Parameter(
            description = "Only of the workload with this name",
            schema = @Schema(type = "string"))
        @Nullable String name,
    @Parameter(description = "Only in this phase", schema = @Schema(implementation = Phase.class))
        @Nullable String phase,
    @Parameter(description = "Only asked for by this user", schema = @Schema(type = "string"))
        @Nullable String requestedBy,
    @Parameter(
            description = "At most so many, from 1 to 500",
            schema = @Schema(type = "integer", defaultValue = "100"))
        @Nullable String limit,
    @Parameter(
            name = "continue",
            description = "The `continue` of the page before, for the next one")
        @BindParam("continue")
        @Nullable String continueToken) {

  private static final int USUAL_LIMIT = 100;
  private static final int LARGEST_LIMIT = 500;

  Predicate<Restart> filter() {
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

  int checkedLimit() {
    return limitOf(limit);
  }

  static int limitOf(@Nullable String limit) {
    if (limit == null || limit.isEmpty()) {
      return USUAL_LIMIT;
    }
    if (!limit.matches("\\d{1,3}")
        || Integer.parseInt(limit) < 1
        || Integer.parseInt(limit) > LARGEST_LIMIT) {
      throw new InvalidRequest("limit", "must lie between 1 and " + LARGEST_LIMIT);
    }
    return Integer.parseInt(limit);
  }
}
