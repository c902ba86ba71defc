package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.workload.ConfigReference;
import org.junit.jupiter.api.Test;

/** Every form in which the v1 API lets a pod refer to a ConfigMap or a Secret. */
class ConfigMappingTests {

  @Test
  void namesWhateverAPodRefersTo() {
    Node spec =
        YamlObject.node(
            """
            containers:
            - name: app
              env:
              - {name: A, value: plain}
              - {name: B, valueFrom: {configMapKeyRef: {name: env, key: b}}}
              - {name: C, valueFrom: {secretKeyRef: {name: env, key: c, optional: true}}}
              - {name: D, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
              envFrom:
              - {prefix: X_, configMapRef: {name: env-from}}
              - {secretRef: {name: env-from}}
            initContainers:
            - {name: init, envFrom: [{configMapRef: {name: init}}]}
            ephemeralContainers:
            - {name: debug, envFrom: [{secretRef: {name: debug}}]}
            volumes:
            - {name: a, configMap: {name: volume}}
            - {name: b, secret: {secretName: volume}}
            - name: c
              projected:
                sources:
                - {configMap: {name: projected}}
                - {secret: {name: projected}}
                - {serviceAccountToken: {path: token}}
            - {name: d, csi: {driver: d, nodePublishSecretRef: {name: csi}}}
            - {name: e, azureFile: {secretName: azure, shareName: s}}
            - {name: f, cephfs: {secretRef: {name: cephfs}}}
            - {name: g, flexVolume: {secretRef: {name: flex}}}
            - {name: h, iscsi: {secretRef: {name: iscsi}}}
            - {name: i, rbd: {secretRef: {name: rbd}}}
            - {name: j, scaleIO: {secretRef: {name: scale-io}}}
            - {name: k, storageos: {secretRef: {name: storageos}}}
            - {name: l, emptyDir: {}}
            imagePullSecrets:
            - name: pull
            - name: ''
            """);

    assertThat(ConfigMapping.uses(spec))
        .extracting(ConfigReference::toString)
        .containsExactlyInAnyOrder(
            "ConfigMap env",
            "Secret env",
            "ConfigMap env-from",
            "Secret env-from",
            "ConfigMap init",
            "Secret debug",
            "ConfigMap volume",
            "Secret volume",
            "ConfigMap projected",
            "Secret projected",
            "Secret csi",
            "Secret azure",
            "Secret cephfs",
            "Secret flex",
            "Secret iscsi",
            "Secret rbd",
            "Secret scale-io",
            "Secret storageos",
            "Secret pull");
  }

  @Test
  void namesNothingOfAnEmptyPod() {
    assertThat(ConfigMapping.uses(YamlObject.node("{}"))).isEmpty();
  }
}
