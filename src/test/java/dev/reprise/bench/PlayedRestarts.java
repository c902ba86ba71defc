package dev.reprise.bench;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Restarts whose leader is the benchmark: nothing is restarted, and their status changes when it is
 * told to. The service, kept from leading by a Lease, shows them as it shows any other.
 */
final class PlayedRestarts {

  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final PlainClient client;
  private final String namespace;

  /** Takes the Lease; the service must not have been started yet. */
  PlayedRestarts(PlainClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
    client.create(
        "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases",
"""
{"metadata": {"name": "reprise"}, "spec": {"holderIdentity": "bench", "leaseDurationSeconds": 7200,
  "renewTime": "%s"}}
"""
            .formatted(MICRO_TIME.format(Instant.now())));
  }

  /** Creates one that is under way; returns its path at the service. */
  String create(String name) {
    client.create(
        PlainClient.restarts(namespace),
"""
{"apiVersion": "reprise.dev/v1", "kind": "Restart", "metadata": {"name": "%s"},
 "spec": {"kind": "Deployment", "name": "played"}}
"""
            .formatted(name));
    say(name, 0);
    return "/namespaces/" + namespace + "/restarts/" + name;
  }

  /** Changes its message alone. */
  void say(String name, int change) {
    patch(name, "\"phase\": \"Pending\"", change);
  }

  void finish(String name, int change) {
    String fields = "\"phase\": \"Succeeded\", \"finishedAt\": \"%s\"";
    patch(name, fields.formatted(Instant.now()), change);
  }

  private void patch(String name, String fields, int change) {
    client.mergePatch(
        PlainClient.restarts(namespace) + "/" + name + "/status",
        "{\"status\": {%s, \"reason\": \"Played\", \"message\": \"%s\"}}"
            .formatted(fields, Changes.mark(change)));
  }
}
