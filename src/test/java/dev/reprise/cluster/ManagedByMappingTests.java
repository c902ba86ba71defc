package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.workload.ManagedBy;
import dev.reprise.workload.ManagedBy.Tool;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By what a workload is managed, as the real tools leave their traces on it. */
class ManagedByMappingTests {

  @Test
  void isManagedByNothing() {
    assertThat(of("labels: {app: web}", "annotations: {example.com/auto: 'true'}")).isEmpty();
    assertThat(of()).isEmpty();
  }

  @Test
  void tellsArgoCdByItsTrackingId() {
    assertThat(
            of(
                "labels: {argocd.argoproj.io/instance: other}",
                "annotations: {argocd.argoproj.io/tracking-id: 'shop_checkout:apps/Deployment:demo/web'}"))
        .containsExactly(
            new ManagedBy(
                Tool.ArgoCD, "shop_checkout", "annotation argocd.argoproj.io/tracking-id"));
  }

  @Test
  void tellsArgoCdByItsLabelToo() {
    assertThat(of("labels: {argocd.argoproj.io/instance: checkout}"))
        .containsExactly(
            new ManagedBy(Tool.ArgoCD, "checkout", "label argocd.argoproj.io/instance"));
  }

  @ParameterizedTest
  @CsvSource({"kustomize, Kustomization", "helm, HelmRelease"})
  void tellsFluxByWhatItApplies(String controller, String kind) {
    String group = controller + ".toolkit.fluxcd.io";

    assertThat(of("labels: {%s/name: apps, %s/namespace: flux-system}".formatted(group, group)))
        .containsExactly(
            new ManagedBy(Tool.Flux, kind + " flux-system/apps", "label " + group + "/name"));
  }

  @Test
  void tellsHelmByItsReleaseAndNotByTheLabelAlone() {
    String label = "labels: {app.kubernetes.io/managed-by: Helm}";

    assertThat(of(label, "annotations: {meta.helm.sh/release-name: shop}"))
        .containsExactly(new ManagedBy(Tool.Helm, "shop", "annotation meta.helm.sh/release-name"));
    assertThat(of(label)).isEmpty();
    assertThat(of("annotations: {meta.helm.sh/release-name: shop}")).isEmpty();
  }

  @Test
  void tellsAnOperatorByTheControllerAndNoOtherOwner() {
    assertThat(
            of(
                """
                ownerReferences:
                  - {apiVersion: v1, kind: ConfigMap, name: settings, uid: u1}
                  - {apiVersion: kafka.strimzi.io/v1, kind: Kafka, name: events, uid: u2, controller: true}
                """))
        .containsExactly(
            new ManagedBy(Tool.Operator, "Kafka events", "controller in ownerReferences"));
    assertThat(of("ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: a, uid: u1}]"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reloader.stakater.com/auto: 'true'",
        "reloader.stakater.com/search: 'true'",
        "configmap.reloader.stakater.com/auto: 'true'",
        "secret.reloader.stakater.com/auto: 'true'",
        "configmap.reloader.stakater.com/reload: 'settings,more'",
        "secret.reloader.stakater.com/reload: password"
      })
  void tellsReloaderByWhatSwitchesItOn(String annotation) {
    String key = annotation.substring(0, annotation.indexOf(": "));

    assertThat(of("annotations: {%s}".formatted(annotation)))
        .containsExactly(new ManagedBy(Tool.Reloader, "", "annotation " + key));
  }

  @Test
  void tellsReloaderByThePodTemplateToo() {
    String template =
        "{spec: {template: {metadata: {annotations: {reloader.stakater.com/auto: 'true'}}}}}";

    assertThat(ManagedByMapping.of(YamlObject.node(template)))
        .containsExactly(
            new ManagedBy(Tool.Reloader, "", "pod template annotation reloader.stakater.com/auto"));
  }

  @Test
  void takesReloaderForOffWhereItIsSwitchedOff() {
    assertThat(of("annotations: {reloader.stakater.com/auto: 'false'}")).isEmpty();
  }

  @Test
  void namesAllThatManageIt() {
    assertThat(
            of(
                "labels: {app.kubernetes.io/managed-by: Helm, helm.toolkit.fluxcd.io/name: shop}",
                "annotations: {meta.helm.sh/release-name: shop, reloader.stakater.com/auto: 'true'}"))
        .extracting(ManagedBy::tool)
        .containsExactly(Tool.Flux, Tool.Helm, Tool.Reloader);
  }

  @Test
  void keepsNoLongTextInTheCache() {
    String id = "a".repeat(100_000);

    List<ManagedBy> managedBy =
        of("annotations: {argocd.argoproj.io/tracking-id: %s}".formatted(id));

    assertThat(managedBy.getFirst().name()).hasSize(253);
  }

  private static List<ManagedBy> of(String... metadata) {
    String indented = String.join("\n", metadata).replaceAll("(?m)^", "  ");
    return ManagedByMapping.of(YamlObject.node("metadata:\n  name: web\n" + indented));
  }
}
