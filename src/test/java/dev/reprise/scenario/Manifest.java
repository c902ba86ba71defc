package dev.reprise.scenario;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Workloads for the scenarios; how their pods behave, an annotation of the template chooses. */
public record Manifest(
    String kind, String name, int replicas, Map<String, String> pods, String more) {

  public static Manifest deployment(String name) {
    return new Manifest("Deployment", name, 3, Map.of(), "");
  }

  static Manifest statefulSet(String name) {
    return new Manifest("StatefulSet", name, 3, Map.of(), "");
  }

  /** On the nodes of a zone, one for each of its {@code replicas} nodes. */
  static Manifest daemonSet(String name) {
    return new Manifest("DaemonSet", name, 4, Map.of(), "");
  }

  static Manifest rollout(String name) {
    return new Manifest("Rollout", name, 3, Map.of(), "strategy: {canary: {}}");
  }

  /** A Rollout that takes its pod template from this Deployment. */
  static String referring(String name, Manifest deployment, int replicas, String strategy) {
    return
"""
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata:
  name: %s
spec:
  replicas: %d
  workloadRef: {apiVersion: apps/v1, kind: Deployment, name: %s}
  selector:
    matchLabels: {app: %s}
  strategy: %s
"""
        .formatted(name, replicas, deployment.name(), deployment.name(), strategy);
  }

  Manifest named(String another) {
    return new Manifest(kind, another, replicas, pods, more);
  }

  public Manifest replicas(int count) {
    return new Manifest(kind, name, count, pods, more);
  }

  /** For instance {@code ready-after}, {@code 5s}. */
  public Manifest pods(String behaviour, String value) {
    Map<String, String> all = new LinkedHashMap<>(pods);
    all.put(behaviour, value);
    return new Manifest(kind, name, replicas, all, more);
  }

  /** A further field of the spec, in YAML. */
  Manifest with(String field) {
    return new Manifest(kind, name, replicas, pods, field);
  }

  public String yaml() {
    String annotations =
        pods.entrySet().stream()
            .map(entry -> "test.reprise.dev/%s: '%s'".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
    return
"""
apiVersion: %s
kind: %s
metadata:
  name: %s
spec:
  %s
  %s
  selector:
    matchLabels: {app: %s}
  template:
    metadata:
      labels: {app: %s}
      annotations: {%s}
    spec:
      %s
      containers:
      - name: app
        image: example.com/app:1
"""
        .formatted(
            kind.equals("Rollout") ? "argoproj.io/v1alpha1" : "apps/v1",
            kind,
            name,
            kind.equals("DaemonSet") ? "" : "replicas: " + replicas,
            more,
            name,
            name,
            annotations,
            kind.equals("DaemonSet") ? "nodeSelector: {topology.kubernetes.io/zone: a}" : "");
  }
}
