package dev.reprise.testcluster;

import org.junit.jupiter.api.Test;

@ClusterTest
class PodStagesClusterTests {
  @Test
  void becomesReadyAtOnce(Namespace namespace) {
    namespace.apply(deployment("", 3));

    namespace.kubectl().run("rollout", "status", "deployment/web", "--timeout=30s");
  }

  private static String deployment(String annotations, int replicas) {
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
        .formatted(replicas, annotations);
  }
}
