package dev.reprise.cluster;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/** A hash of a pod template, the same for a workload and for the revision made from it. */
final class TemplateHash {

  /**
   * Labels that the Deployment's and Argo's controller add to a ReplicaSet's template, and the
   * directive that makes the data of a ControllerRevision a patch.
   */
  private static final Set<String> ADDED =
      Set.of("pod-template-hash", "rollouts-pod-template-hash", "$patch");

  private TemplateHash() {}

  static String of(Node template) {
    StringBuilder canonical = new StringBuilder();
    append(template.json(), canonical);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(canonical.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256", impossible);
    }
  }

  /**
   * Fields in order of their names; nulls are left out, as the API server does on its way back, and
   * annotations without one, which a custom resource keeps when the last one is taken back.
   */
  private static void append(JsonElement element, StringBuilder out) {
    switch (element) {
      case JsonObject object -> {
        out.append('{');
        for (String field : new TreeSet<>(object.keySet())) {
          JsonElement value = object.get(field);
          if (!value.isJsonNull() && !ADDED.contains(field) && !isEmpty(field, value)) {
            out.append(new JsonPrimitive(field)).append(':');
            append(value, out);
            out.append(',');
          }
        }
        out.append('}');
      }
      case JsonArray array -> {
        out.append('[');
        for (JsonElement item : array) {
          append(item, out);
          out.append(',');
        }
        out.append(']');
      }
      default -> out.append(element);
    }
  }

  private static boolean isEmpty(String field, JsonElement value) {
    return field.equals("annotations") && value instanceof JsonObject object && object.isEmpty();
  }
}
