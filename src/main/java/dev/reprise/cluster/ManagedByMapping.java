package dev.reprise.cluster;

import dev.reprise.workload.ManagedBy;
import dev.reprise.workload.ManagedBy.Tool;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** By what a workload is managed, as its labels, annotations and owner tell. */
final class ManagedByMapping {

  private static final String ARGO_CD_TRACKING = "argocd.argoproj.io/tracking-id";
  private static final String ARGO_CD_INSTANCE = "argocd.argoproj.io/instance";
  private static final String HELM_RELEASE = "meta.helm.sh/release-name";
  private static final List<String> RELOADER_SWITCHES =
      List.of(
          "reloader.stakater.com/auto",
          "reloader.stakater.com/search",
          "configmap.reloader.stakater.com/auto",
          "secret.reloader.stakater.com/auto");
  private static final List<String> RELOADER_NAMES =
      List.of("configmap.reloader.stakater.com/reload", "secret.reloader.stakater.com/reload");

  /** As long as names are in Kubernetes; an annotation may be a thousand times that. */
  private static final int LONGEST_NAME = 253;

  private ManagedByMapping() {}

  static List<ManagedBy> of(Node workload) {
    Node labels = workload.at("metadata", "labels");
    Node annotations = workload.at("metadata", "annotations");
    return Stream.of(
            argoCd(labels, annotations),
            flux(labels, "kustomize.toolkit.fluxcd.io", "Kustomization"),
            flux(labels, "helm.toolkit.fluxcd.io", "HelmRelease"),
            helm(labels, annotations),
            operator(workload),
            reloader(annotations, workload.at("spec", "template", "metadata", "annotations")))
        .flatMap(Optional::stream)
        .toList();
  }

  /** A tracking id is {@code <Application>:<group>/<kind>:<namespace>/<name>}. */
  private static Optional<ManagedBy> argoCd(Node labels, Node annotations) {
    return text(annotations, ARGO_CD_TRACKING)
        .map(id -> id.split(":", 2)[0])
        .map(name -> managedBy(Tool.ArgoCD, name, "annotation " + ARGO_CD_TRACKING))
        .or(() ->
            text(labels, ARGO_CD_INSTANCE)
                .map(name -> managedBy(Tool.ArgoCD, name, "label " + ARGO_CD_INSTANCE)));
  }

  private static Optional<ManagedBy> flux(Node labels, String group, String kind) {
    return text(labels, group + "/name")
        .map(name -> kind + " " + text(labels, group + "/namespace").orElse("") + "/" + name)
        .map(name -> managedBy(Tool.Flux, name, "label " + group + "/name"));
  }

  /** Other tools set the label as well, so the annotation has to be there too. */
  private static Optional<ManagedBy> helm(Node labels, Node annotations) {
    return text(labels, "app.kubernetes.io/managed-by")
        .filter("Helm"::equals)
        .flatMap(_ -> text(annotations, HELM_RELEASE))
        .map(name -> managedBy(Tool.Helm, name, "annotation " + HELM_RELEASE));
  }

  private static Optional<ManagedBy> operator(Node workload) {
    return OwnedMapping.controller(workload)
        .map(owner -> owner.at("kind").textOr("") + " " + owner.at("name").textOr(""))
        .map(name -> managedBy(Tool.Operator, name, "controller in ownerReferences"));
  }

  /** Reloader looks at the workload's own annotations first, then at those of its pods. */
  private static Optional<ManagedBy> reloader(Node annotations, Node ofTemplate) {
    return reloader(annotations, "annotation ")
        .or(() -> reloader(ofTemplate, "pod template annotation "));
  }

  private static Optional<ManagedBy> reloader(Node annotations, String where) {
    return Stream.concat(
            RELOADER_SWITCHES.stream().filter(key -> annotations.at(key).textOr("").equals("true")),
            RELOADER_NAMES.stream().filter(key -> text(annotations, key).isPresent()))
        .findFirst()
        .map(key -> managedBy(Tool.Reloader, "", where + key));
  }

  private static Optional<String> text(Node map, String key) {
    return Optional.of(map.at(key).textOr("")).filter(text -> !text.isEmpty());
  }

  /** The cache holds this of every workload: no long texts, and one copy of those that repeat. */
  private static ManagedBy managedBy(Tool tool, String name, String toldBy) {
    String cut = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    return new ManagedBy(tool, cut, toldBy.intern());
  }
}
