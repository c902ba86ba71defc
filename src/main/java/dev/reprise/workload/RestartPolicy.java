package dev.reprise.workload;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a workload's owner lets be done to it. */
public enum RestartPolicy {
  Allow,
  /** By a request for this workload alone, and never as one of many. */
  NeverInGroups,
  Deny;

  /** The metadata annotation in which the owner says it. */
  public static final String ANNOTATION = "reprise.dev/restart-policy";

  /**
   * The policy that the annotation's text names, in any case; {@code Allow} without one. What this
   * version does not know is {@code Deny}: who writes the annotation wants less, not more.
   */
  public static RestartPolicy parse(@Nullable String text) {
    return text == null
        ? Allow
        : Arrays.stream(values())
            .filter(policy -> policy.name().equalsIgnoreCase(text.strip()))
            .findFirst()
            .orElse(Deny);
  }
}
