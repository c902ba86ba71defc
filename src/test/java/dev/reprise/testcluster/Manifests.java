package dev.reprise.testcluster;

import java.util.Map;
import java.util.stream.Collectors;

/** Small workloads for tests of the cluster itself. */
final class Manifests {
  private Manifests() {}

  /** A Deployment {@code web} with one container {@code app}, whose pods have these annotations. */
  static String web(int replicas, Map<String, String> annotations) {
    String entries =
        annotations.entrySet().stream()
            .map(entry -> "test.reprise.dev/%s: '%s'".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
    return
"""
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: %d
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
      annotations: {%s}
    spec:
      containers:
      - name: app
        image: example.com/web:1
"""
        .formatted(replicas, entries);
  }
}
