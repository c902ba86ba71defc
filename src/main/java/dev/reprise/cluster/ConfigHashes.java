package dev.reprise.cluster;

import com.google.gson.JsonObject;
import dev.reprise.workload.ConfigReference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Hashes of what ConfigMaps and Secrets hold, each read when it is asked for. */
final class ConfigHashes {

  private final KubernetesApi api;
  private final ContentHash hash;
  private final Map<Place, Known> known = new ConcurrentHashMap<>();

  private record Place(String namespace, ConfigReference config) {}

  private record Known(String version, String hash) {}

  ConfigHashes(KubernetesApi api, ContentHash hash) {
    this.api = api;
    this.hash = hash;
  }

  /** Tells the key of these hashes apart from others. */
  String keyId() {
    return hash.keyId();
  }

  /** At this version or a later one; read only when that is not known. */
  Optional<String> of(ConfigVersion seen) {
    Known there = known.get(new Place(seen.namespace(), seen.config()));
    return there != null && there.version().equals(seen.version())
        ? Optional.of(there.hash())
        : read(seen.namespace(), seen.config());
  }

  /** As it is now; empty when it is not there. */
  Optional<String> read(String namespace, ConfigReference config) {
    Place place = new Place(namespace, config);
    try {
      JsonObject object =
          api.getConfidential(Resources.of(config.kind()).in(namespace).named(config.name()))
              .body();
      Known now = new Known(ResourceVersion.of(object).text(), hash.of(object));
      known.put(place, now);
      return Optional.of(now.hash());
    } catch (ApiFailure failure) {
      if (failure.code() == 404) {
        known.remove(place);
        return Optional.empty();
      }
      throw Failures.ofRead(failure);
    }
  }

  void forget(String namespace, ConfigReference config) {
    known.remove(new Place(namespace, config));
  }
}
