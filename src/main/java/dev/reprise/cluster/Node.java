package dev.reprise.cluster;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A place in an object of the API server, present or not: an absent field, a null and one of an
 * unexpected type are all taken as absent.
 */
record Node(JsonElement json) {

  static Node of(JsonObject object) {
    return new Node(object);
  }

  Node at(String... path) {
    JsonElement here = json;
    for (String field : path) {
      JsonElement next = here instanceof JsonObject object ? object.get(field) : null;
      if (next == null) {
        return new Node(JsonNull.INSTANCE);
      }
      here = next;
    }
    return new Node(here);
  }

  boolean isPresent() {
    return !json.isJsonNull();
  }

  @Nullable String text() {
    return json.isJsonPrimitive() ? json.getAsString() : null;
  }

  String textOr(String otherwise) {
    String text = text();
    return text == null ? otherwise : text;
  }

  /**
   * @throws IllegalArgumentException when it is absent
   */
  String required() {
    String text = text();
    if (text == null) {
      throw new IllegalArgumentException("A field that every such object has is missing");
    }
    return text;
  }

  int intOr(int otherwise) {
    return Math.toIntExact(longOr(otherwise));
  }

  /** Null where it is absent or no number of 32 bits. */
  @Nullable Integer integer() {
    try {
      return json.isJsonPrimitive()
          ? json.getAsJsonPrimitive().getAsBigDecimal().intValueExact()
          : null;
    } catch (ArithmeticException | NumberFormatException _) {
      return null;
    }
  }

  /** Also of a number in quotes, as Argo writes {@code status.observedGeneration}. */
  long longOr(long otherwise) {
    try {
      return json.isJsonPrimitive() ? json.getAsLong() : otherwise;
    } catch (NumberFormatException _) {
      return otherwise;
    }
  }

  boolean isTrue() {
    return json.isJsonPrimitive() && json.getAsBoolean();
  }

  @Nullable Instant instant() {
    String text = text();
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException _) {
      return null;
    }
  }

  /** The name of an object's first field; empty when it has none. */
  String firstField() {
    return json instanceof JsonObject object ? object.keySet().stream().findFirst().orElse("") : "";
  }

  Stream<Node> items() {
    return json.isJsonArray()
        ? StreamSupport.stream(json.getAsJsonArray().spliterator(), false).map(Node::new)
        : Stream.of();
  }
}
