package dev.reprise.cluster;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Comparator;

/**
 * Which object of a kind; ordered by namespace first.
 *
 * @param namespace empty for an object that is in none
 */
record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {

  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::namespace).thenComparing(ObjectKey::name);

  static ObjectKey of(JsonObject object) {
    JsonObject metadata = object.getAsJsonObject("metadata");
    JsonElement namespace = metadata.get("namespace");
    return new ObjectKey(
        namespace == null ? "" : namespace.getAsString(), metadata.get("name").getAsString());
  }

  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
