package dev.reprise.web;

import dev.reprise.restart.AnyRestart;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import dev.reprise.restart.RestartKey;
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
            description = "Only the members of the group with this name",
            schema = @Schema(type = "string"))
        @Nullable String group,
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

  Predicate<AnyRestart> filter() {
    Predicate<AnyRestart> wanted = _ -> true;
    if (kind != null) {
      WorkloadKind wantedKind = CheckedBody.kindOf(kind);
      wanted = wanted.and(one(restart -> restart.target().kind() == wantedKind));
    }
    if (name != null) {
      wanted = wanted.and(one(restart -> restart.target().name().equals(name)));
    }
    if (phase != null) {
      Phase wantedPhase = CheckedBody.oneOf("phase", Phase.class, phase, Phase.Pending);
      wanted = wanted.and(any -> any.phase() == wantedPhase);
    }
    if (requestedBy != null) {
      wanted = wanted.and(any -> any.requestedBy().user().equals(requestedBy));
    }
    if (group != null) {
      wanted =
          wanted.and(
              one(restart ->
                  restart.groupKey().map(RestartKey::name).stream().anyMatch(group::equals)));
    }
    return wanted;
  }

  /** A group is none of one workload. */
  private static Predicate<AnyRestart> one(Predicate<Restart> wanted) {
    return any ->
        switch (any) {
          case Restart restart -> wanted.test(restart);
          case RestartGroup _ -> false;
        };
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
