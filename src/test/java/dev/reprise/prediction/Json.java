package dev.reprise.prediction;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import org.jspecify.annotations.Nullable;

/** Objects of the API server, written and read; what is absent reads as empty. */
final class Json {

  private Json() {}

  /** Names and simple values may stand without quotes. */
  static JsonObject of(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }

  static String textAt(JsonObject object, String... path) {
    return at(object, path) instanceof JsonPrimitive value ? value.getAsString() : "";
  }

  static int numberAt(JsonObject object, String... path) {
    return at(object, path) instanceof JsonPrimitive value ? value.getAsInt() : 0;
  }

  static JsonArray itemsAt(JsonObject object, String... path) {
    return at(object, path) instanceof JsonArray items ? items : new JsonArray();
  }

  /** The uid of the controller that an object's metadata names; empty without one. */
  static String controllerOf(JsonObject metadata) {
    for (JsonElement owner : itemsAt(metadata, "ownerReferences")) {
      if (textAt(owner.getAsJsonObject(), "controller").equals("true")) {
        return textAt(owner.getAsJsonObject(), "uid");
      }
    }
    return "";
  }

  private static @Nullable JsonElement at(JsonObject object, String... path) {
    JsonElement here = object;
    for (String field : path) {
      here = here instanceof JsonObject inner ? inner.get(field) : null;
    }
    return here;
  }
}
