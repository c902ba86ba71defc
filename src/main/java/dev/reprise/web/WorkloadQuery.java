package dev.reprise.web;

import dev.reprise.workload.WorkloadKind;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;

/** Which workloads are wanted, as it came: every field is text until it is checked. */
record WorkloadQuery(
    @Parameter(
            description = "Only of these kinds, in any case or by short name; repeated or with ','",
            example = "deploy,sts")
        @Nullable List<String> kind,
    @Parameter(description = "At most so many, 1 to 500; 100 unless given") @Nullable String limit,
    @Parameter(name = "continue", description = "From the answer before, for the next page")
        @BindParam("continue")
        @Nullable String continueToken) {

  /** All of them when none is named. */
  Set<WorkloadKind> kinds() {
    Set<WorkloadKind> wanted = EnumSet.noneOf(WorkloadKind.class);
    if (kind != null) {
      kind.stream()
          .flatMap(text -> Arrays.stream(text.split(",", -1)))
          .map(text -> CheckedBody.kindOf(text.strip()))
          .forEach(wanted::add);
    }
    return wanted.isEmpty() ? EnumSet.allOf(WorkloadKind.class) : wanted;
  }

  int checkedLimit() {
    return RestartQuery.limitOf(limit);
  }
}
