package dev.reprise.workload;

import java.util.Optional;
import java.util.regex.Pattern;

/** What Kubernetes takes for the key and the value of a label. */
final class LabelSyntax {

  private static final int LONGEST_PREFIX = 253;
  private static final int LONGEST_NAME = 63;
  private static final String DNS_LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final Pattern PREFIX = Pattern.compile(DNS_LABEL + "(\\." + DNS_LABEL + ")*");
  private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");

  private LabelSyntax() {}

  /** Why it is no key, as the rest of a sentence; empty when it is one. */
  static Optional<String> wrongWithKey(String key) {
    int slash = key.indexOf('/');
    return slash < 0
        ? wrongWithName(key)
        : wrongWithPrefix(key.substring(0, slash))
            .or(() -> wrongWithName(key.substring(slash + 1)));
  }

  /** Why it is no value, as the rest of a sentence; empty when it is one. */
  static Optional<String> wrongWithValue(String value) {
    return value.isEmpty() ? Optional.empty() : wrongWithName(value);
  }

  // Lengths first: they bound what the patterns have to try.
  private static Optional<String> wrongWithPrefix(String prefix) {
    if (prefix.length() > LONGEST_PREFIX) {
      return Optional.of("its prefix is longer than %d characters".formatted(LONGEST_PREFIX));
    }
    return PREFIX.matcher(prefix).matches()
        ? Optional.empty()
        : Optional.of("its prefix is no DNS subdomain such as example.com");
  }

  private static Optional<String> wrongWithName(String name) {
    if (name.length() > LONGEST_NAME) {
      return Optional.of("it is longer than %d characters".formatted(LONGEST_NAME));
    }
    return NAME.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            "it must be letters, digits, '-', '_' and '.', and begin and end with a letter or digit");
  }
}
