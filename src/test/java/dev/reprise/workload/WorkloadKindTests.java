package dev.reprise.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadKindTests {

  @ParameterizedTest
  @CsvSource({
    "Deployment, Deployment",
    "deployments, Deployment",
    "deploy, Deployment",
    "STATEFULSET, StatefulSet",
    "sts, StatefulSet",
    "DaemonSets, DaemonSet",
    "ds, DaemonSet",
    "Rollout, ArgoRollout",
    "rollouts, ArgoRollout",
    "ro, ArgoRollout"
  })
  void isNamedInAnyCaseAndByShortNames(String text, WorkloadKind kind) {
    assertThat(WorkloadKind.parse(text)).contains(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "Pod", "ReplicaSet", "Deployment ", "deploymentss", "ArgoRollout"})
  void isNotNamedByAnythingElse(String text) {
    assertThat(WorkloadKind.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void readsAsTheApiWritesIt(WorkloadKind kind) {
    assertThat(WorkloadKind.parse(kind.toString())).contains(kind);
    assertThat(kind).hasToString(kind.kind());
  }
}
