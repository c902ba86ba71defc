package dev.reprise.web;

import dev.reprise.plan.Strategy;
import dev.reprise.restart.Caller;
import dev.reprise.restart.GroupRequest;
import dev.reprise.restart.GroupSpec;
import dev.reprise.restart.OnFailure;
import dev.reprise.restart.RestartSpec;
import dev.reprise.restart.StartRequest;
import dev.reprise.restart.WhenBusy;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSelection;
import dev.reprise.workload.WorkloadSelection.All;
import dev.reprise.workload.WorkloadSelection.Criterion;
import dev.reprise.workload.WorkloadSelection.Labels;
import dev.reprise.workload.WorkloadSelection.Uses;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks the fields of a body, and names the one that is wrong. */
final class CheckedBody {

  static final int LONGEST_REASON = 1024;
  static final int LONGEST_SELECTOR = 1024;
  private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration LONGEST_TIMEOUT = Duration.ofDays(7);

  private static final Duration LONGEST_AHEAD = Duration.ofDays(30);

  private final RestartBody body;
  private final Instant now;

  /**
   * @param now the API server's time
   */
  CheckedBody(RestartBody body, Instant now) {
    this.body = body;
    this.now = now;
  }

  StartRequest one(Caller caller, String namespace, @Nullable String idempotencyKey) {
    onlyForGroups("maxParallel", body.maxParallel());
    onlyForGroups("onFailure", body.onFailure());
    onlyForGroups("skipRefused", body.skipRefused());
    List<String> kinds = body.kind() == null ? List.of() : body.kind();
    if (kinds.size() > 1) {
      throw new InvalidRequest("kind", "must be one alone with name");
    }
    return new StartRequest(
        caller,
        new WorkloadRef(
            kindOf(required("kind", kinds.stream().findFirst().orElse(null))),
            KubernetesNames.namespace(namespace),
            KubernetesNames.workload("name", required("name", body.name()))),
        strategy(),
        reason(),
        isTrue(body.acceptDowntime()),
        whenBusy(),
        notBefore(),
        timeout(),
        idempotencyKey);
  }

  GroupRequest group(Caller caller, String namespace, @Nullable String idempotencyKey) {
    return new GroupRequest(
        KubernetesNames.namespace(namespace),
        new GroupSpec(
            new WorkloadSelection(
                (body.kind() == null ? List.<String>of() : body.kind())
                    .stream().map(CheckedBody::kindOf).collect(Collectors.toSet()),
                criterion()),
            strategy(),
            reason(),
            isTrue(body.acceptDowntime()),
            whenBusy(),
            notBefore(),
            timeout(),
            maxParallel(),
            oneOf("onFailure", OnFailure.class, body.onFailure(), OnFailure.Stop),
            isTrue(body.skipRefused()),
            caller,
            null,
            false),
        idempotencyKey);
  }

  private static void onlyForGroups(String field, @Nullable Object value) {
    if (value != null) {
      throw new InvalidRequest(field, "is for groups: with name there is one workload");
    }
  }

  private Criterion criterion() {
    long given =
        Stream.of(body.name(), body.selector(), body.uses(), body.all())
            .filter(Objects::nonNull)
            .count();
    if (given != 1) {
      throw new InvalidRequest(
          body.name() == null ? "selector" : "name",
          "must stand alone: exactly one of name, selector, uses and all");
    }
    if (body.selector() != null) {
      return labels(body.selector());
    }
    if (body.uses() != null) {
      return new Uses(body.uses().checked());
    }
    if (!isTrue(body.all())) {
      throw new InvalidRequest("all", "must be true where it is given");
    }
    return new All();
  }

  private static Labels labels(String selector) {
    if (selector.isBlank() || selector.length() > LONGEST_SELECTOR) {
      throw new InvalidRequest(
          "selector",
          "must have 1 to %d characters; all: true selects everything".formatted(LONGEST_SELECTOR));
    }
    try {
      return Labels.parse(selector);
    } catch (IllegalArgumentException wrong) {
      throw new InvalidRequest("selector", String.valueOf(wrong.getMessage()));
    }
  }

  static WorkloadKind kindOf(String text) {
    return WorkloadKind.parse(text)
        .orElseThrow(
            () -> new InvalidRequest("kind", "must be one of " + listed(WorkloadKind.values())));
  }

  static <E extends Enum<E>> E oneOf(
      String field, Class<E> type, @Nullable String text, E otherwise) {
    if (text == null) {
      return otherwise;
    }
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () -> new InvalidRequest(field, "must be one of " + listed(type.getEnumConstants())));
  }

  private Strategy strategy() {
    return oneOf("strategy", Strategy.class, body.strategy(), Strategy.Auto);
  }

  private WhenBusy whenBusy() {
    return oneOf("whenBusy", WhenBusy.class, body.whenBusy(), WhenBusy.Reject);
  }

  private @Nullable String reason() {
    String reason = body.reason();
    if (reason != null && reason.length() > LONGEST_REASON) {
      throw new InvalidRequest("reason", "must have at most " + LONGEST_REASON + " characters");
    }
    return reason == null || reason.isBlank() ? null : reason.strip();
  }

  /** Whole seconds, as Kubernetes keeps times. */
  private @Nullable Instant notBefore() {
    if (body.notBefore() == null) {
      return null;
    }
    try {
      Instant time =
          OffsetDateTime.parse(body.notBefore()).toInstant().truncatedTo(ChronoUnit.SECONDS);
      if (time.isAfter(now.plus(LONGEST_AHEAD))) {
        throw new InvalidRequest("notBefore", "must be at most 30 days ahead");
      }
      return time;
    } catch (DateTimeException _) {
      throw new InvalidRequest("notBefore", "must be a time such as 2026-11-27T02:00:00Z");
    }
  }

  private Duration timeout() {
    if (body.timeout() == null) {
      return RestartSpec.DEFAULT_TIMEOUT;
    }
    try {
      Duration parsed = Duration.parse(body.timeout());
      if (parsed.compareTo(SHORTEST_TIMEOUT) < 0 || parsed.compareTo(LONGEST_TIMEOUT) > 0) {
        throw new InvalidRequest("timeout", "must lie between PT1S and P7D");
      }
      return parsed;
    } catch (DateTimeParseException _) {
      throw new InvalidRequest("timeout", "must be an ISO 8601 duration, for instance PT30M");
    }
  }

  private int maxParallel() {
    Integer asked = body.maxParallel();
    if (asked == null) {
      return GroupSpec.DEFAULT_MAX_PARALLEL;
    }
    if (asked < 1 || asked > GroupSpec.MOST_MEMBERS) {
      throw new InvalidRequest("maxParallel", "must lie between 1 and " + GroupSpec.MOST_MEMBERS);
    }
    return asked;
  }

  private static boolean isTrue(@Nullable Boolean value) {
    return value != null && value;
  }

  private static String required(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new InvalidRequest(field, "is required");
    }
    return value;
  }

  private static String listed(Object[] values) {
    return Arrays.stream(values).map(Object::toString).collect(Collectors.joining(", "));
  }
}
