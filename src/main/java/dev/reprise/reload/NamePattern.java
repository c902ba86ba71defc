package dev.reprise.reload;

import dev.reprise.workload.ConfigReference;
import java.util.List;

/**
 * Names of a kind with {@code .*} for anything in between. No regular expression: one that somebody
 * has written into an annotation could take for ever.
 *
 * @param parts what is between the stars, in order
 */
record NamePattern(ConfigReference.Kind kind, List<String> parts) {

  static final String ANYTHING = ".*";

  NamePattern {
    parts = List.copyOf(parts);
  }

  static NamePattern parse(ConfigReference.Kind kind, String text) {
    return new NamePattern(kind, List.of(text.split("\\.\\*", -1)));
  }

  boolean matches(ConfigReference config) {
    String name = config.name();
    String first = parts.getFirst();
    String last = parts.getLast();
    if (config.kind() != kind || !name.startsWith(first)) {
      return false;
    }
    int from = first.length();
    for (String part : parts.subList(1, parts.size() - 1)) {
      int at = name.indexOf(part, from);
      if (at < 0) {
        return false;
      }
      from = at + part.length();
    }
    return name.length() - last.length() >= from && name.endsWith(last);
  }
}
