package dev.reprise.testcluster;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The fake nodes: twelve in three zones, each with room for thousands of pods. */
final class Nodes {
  static final int COUNT = 12;
  private static final String[] ZONES = {"a", "b", "c"};

  private Nodes() {}

  static String yaml() {
    return IntStream.range(0, COUNT).mapToObj(Nodes::node).collect(Collectors.joining("---\n"));
  }

  // A range of pod addresses each, or KWOK would give the same addresses on every node.
  private static String node(int number) {
    return
"""
apiVersion: v1
kind: Node
metadata:
  name: node-%1$d
  labels:
    kubernetes.io/hostname: node-%1$d
    kubernetes.io/os: linux
    topology.kubernetes.io/zone: %2$s
spec:
  podCIDR: 10.%3$d.0.0/16
  podCIDRs: [10.%3$d.0.0/16]
"""
        .formatted(number, ZONES[number % ZONES.length], 100 + number);
  }
}
