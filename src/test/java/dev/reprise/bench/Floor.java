package dev.reprise.bench;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The least that a restart takes which is recorded before it is made: the three writes, by a client
 * that does nothing else. Nobody takes up what it records.
 */
final class Floor {

  private final PlainClient client;
  private final String namespace;
  private final AtomicInteger restarts = new AtomicInteger();

  Floor(PlainClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** Safe for use by many threads. */
  void restart(String deployment) {
    String name = "floor-" + restarts.getAndIncrement();
    String now = Instant.now().toString();
    client.create(
        PlainClient.restarts(namespace),
"""
{"apiVersion": "reprise.dev/v1", "kind": "Restart", "metadata": {"name": "%s"},
 "spec": {"kind": "Deployment", "name": "%s", "strategy": "Auto", "timeout": "PT1H"}}
"""
            .formatted(name, deployment));
    client.mergePatch(
        PlainClient.restarts(namespace) + "/" + name + "/status",
"""
{"status": {"phase": "Progressing", "reason": "Triggering", "startedAt": "%s", "trigger":
  {"mechanism": "TemplateAnnotation", "value": "%s", "targetUID": "none", "targetGeneration": 1,
   "formerTemplateHash": "none"}}}
"""
            .formatted(now, now));
    patch(deployment, name);
  }

  /** The last of the three alone. Safe for use by many threads. */
  void patch(String deployment) {
    patch(deployment, "floor-" + restarts.getAndIncrement());
  }

  private void patch(String deployment, String name) {
    client.mergePatch(
        PlainClient.deployments(namespace) + "/" + deployment,
"""
{"metadata": {"annotations": {"reprise.dev/restart": "%s"}}, "spec": {"template": {"metadata":
  {"annotations": {"kubectl.kubernetes.io/restartedAt": "%s"}}}}}
"""
            .formatted(name, Instant.now()));
  }
}
