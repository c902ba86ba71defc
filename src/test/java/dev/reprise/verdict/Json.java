package dev.reprise.verdict;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** Objects of the API server, written and read. */
final class Json {

  private Json() {}

  /** Names and simple values may stand without quotes. */
  static JsonObject of(String text, Object... arguments) {
    return JsonParser.parseString(text.formatted(arguments)).getAsJsonObject();
  }

  static JsonElement at(JsonObject object, String... path) {
    JsonElement here = object;
    for (String field : path) {
      here = here.getAsJsonObject().get(field);
    }
    return here;
  }

  static String text(JsonObject object, String... path) {
    return at(object, path).getAsString();
  }
}
