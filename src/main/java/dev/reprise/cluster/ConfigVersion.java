package dev.reprise.cluster;

import com.google.gson.JsonObject;
import dev.reprise.workload.ConfigReference;

/**
 * All that is known of a ConfigMap or a Secret by its watch.
 *
 * @param version another one each time that it is written
 */
record ConfigVersion(String namespace, ConfigReference config, String version) {

  static ConfigVersion of(ConfigReference.Kind kind, JsonObject object) {
    ObjectKey key = ObjectKey.of(object);
    return new ConfigVersion(
        key.namespace(), new ConfigReference(kind, key.name()), ResourceVersion.of(object).text());
  }
}
