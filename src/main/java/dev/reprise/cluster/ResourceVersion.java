package dev.reprise.cluster;

import com.google.gson.JsonObject;
import java.util.regex.Pattern;

/**
 * How far an object, a list or a watch is. Those of one kind compare as numbers, which Kubernetes
 * promises since 1.35 and etcd has kept ever since: https://kep.k8s.io/5504
 */
record ResourceVersion(String text) {

  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]*");

  static ResourceVersion of(JsonObject object) {
    return new ResourceVersion(
        object.getAsJsonObject("metadata").get("resourceVersion").getAsString());
  }

  /** Whether it is certainly later than the other: never when one of them is no number. */
  boolean isAfter(ResourceVersion other) {
    if (!isNumber() || !other.isNumber()) {
      return false;
    }
    // They have no bound, but no leading zeros either.
    int longer = Integer.compare(text.length(), other.text.length());
    return longer == 0 ? text.compareTo(other.text) > 0 : longer > 0;
  }

  private boolean isNumber() {
    return NUMBER.matcher(text).matches();
  }
}
