package dev.reprise.cluster;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.reprise.restart.Reload;
import dev.reprise.workload.ConfigReference;
import java.util.Map;
import java.util.stream.Collectors;

/** What a Restart knows of configuration, from and to the custom resource. */
final class ReloadMapping {

  private ReloadMapping() {}

  /**
   * @throws IllegalArgumentException when it speaks of what this version does not know
   */
  static Reload reload(Node reload) {
    return new Reload(
        reload.at("workloadUID").required(),
        reload.at("number").longOr(0),
        reload.at("previous").text(),
        reload.at("key").required(),
        reload
            .at("contents")
            .items()
            .collect(
                Collectors.toMap(
                    ReloadMapping::config, content -> content.at("hash").required(), (a, _) -> a)),
        reload.at("baseline").isTrue());
  }

  private static ConfigReference config(Node content) {
    return new ConfigReference(
        ConfigReference.Kind.valueOf(content.at("kind").required()), content.at("name").required());
  }

  static JsonObject object(Reload reload) {
    JsonObject object = new JsonObject();
    object.addProperty("workloadUID", reload.workloadUid());
    object.addProperty("number", reload.number());
    if (reload.previous() != null) {
      object.addProperty("previous", reload.previous());
    }
    object.addProperty("key", reload.key());
    JsonArray contents = new JsonArray();
    reload.contents().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(content -> content(content.getKey(), content.getValue()))
        .forEach(contents::add);
    object.add("contents", contents);
    object.addProperty("baseline", reload.baseline());
    return object;
  }

  private static JsonObject content(ConfigReference config, String hash) {
    JsonObject object = new JsonObject();
    object.addProperty("kind", config.kind().name());
    object.addProperty("name", config.name());
    object.addProperty("hash", hash);
    return object;
  }
}
