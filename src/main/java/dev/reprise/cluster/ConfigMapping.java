package dev.reprise.cluster;

import dev.reprise.workload.ConfigReference;
import dev.reprise.workload.ConfigReference.Kind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which ConfigMaps and Secrets a pod's spec refers to; also those that need not exist. */
final class ConfigMapping {

  private static final List<String> CONTAINERS =
      List.of("containers", "initContainers", "ephemeralContainers");

  /** The volume types that take their credentials from {@code secretRef}. */
  private static final List<String> WITH_SECRET_REF =
      List.of("cephfs", "flexVolume", "iscsi", "rbd", "scaleIO", "storageos");

  private ConfigMapping() {}

  static Set<ConfigReference> uses(Node spec) {
    return Stream.of(ofPods(spec), ofPulling(spec))
        .flatMap(references -> references)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Those among them that no pod gets to see: only the kubelet does, to pull images. */
  static Set<ConfigReference> pullsWith(Node spec) {
    Set<ConfigReference> seen = ofPods(spec).collect(Collectors.toSet());
    return ofPulling(spec)
        .filter(secret -> !seen.contains(secret))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<ConfigReference> ofPods(Node spec) {
    return Stream.concat(
        CONTAINERS.stream()
            .flatMap(containers -> spec.at(containers).items())
            .flatMap(ConfigMapping::ofContainer),
        spec.at("volumes").items().flatMap(ConfigMapping::ofVolume));
  }

  private static Stream<ConfigReference> ofPulling(Node spec) {
    return spec.at("imagePullSecrets").items().flatMap(secret -> secret(secret.at("name")));
  }

  private static Stream<ConfigReference> ofContainer(Node container) {
    return Stream.concat(
        container
            .at("env")
            .items()
            .map(variable -> variable.at("valueFrom"))
            .flatMap(from ->
                Stream.concat(
                    configMap(from.at("configMapKeyRef", "name")),
                    secret(from.at("secretKeyRef", "name")))),
        container
            .at("envFrom")
            .items()
            .flatMap(from ->
                Stream.concat(
                    configMap(from.at("configMapRef", "name")),
                    secret(from.at("secretRef", "name")))));
  }

  private static Stream<ConfigReference> ofVolume(Node volume) {
    return Stream.of(
            configMap(volume.at("configMap", "name")),
            secret(volume.at("secret", "secretName")),
            volume.at("projected", "sources").items().flatMap(ConfigMapping::ofProjection),
            secret(volume.at("csi", "nodePublishSecretRef", "name")),
            secret(volume.at("azureFile", "secretName")),
            WITH_SECRET_REF.stream().flatMap(type -> secret(volume.at(type, "secretRef", "name"))))
        .flatMap(references -> references);
  }

  private static Stream<ConfigReference> ofProjection(Node source) {
    return Stream.concat(
        configMap(source.at("configMap", "name")), secret(source.at("secret", "name")));
  }

  private static Stream<ConfigReference> configMap(Node name) {
    return named(Kind.ConfigMap, name);
  }

  private static Stream<ConfigReference> secret(Node name) {
    return named(Kind.Secret, name);
  }

  /** Old objects may have a reference without a name, which is to nothing. */
  private static Stream<ConfigReference> named(Kind kind, Node name) {
    return Stream.of(name.textOr(""))
        .filter(text -> !text.isEmpty())
        .map(text -> new ConfigReference(kind, text));
  }
}
