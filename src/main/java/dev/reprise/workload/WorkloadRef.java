package dev.reprise.workload;

/** Which workload: kind, namespace and name. Says nothing about whether it exists. */
public record WorkloadRef(WorkloadKind kind, String namespace, String name) {

  public WorkloadRef {
    if (namespace.isEmpty() || name.isEmpty()) {
      throw new IllegalArgumentException("A workload has a namespace and a name");
    }
  }

  /** As a person would write it: {@code Deployment demo/checkout}. */
  @Override
  public String toString() {
    return kind + " " + namespace + "/" + name;
  }

  /** A command of Argo's plugin on it, ready to paste. */
  public String argo(String command) {
    return "kubectl argo rollouts %s %s -n %s".formatted(command, name, namespace);
  }

  /** As kubectl takes it, ready to paste: {@code deployment/checkout -n demo}. */
  public String forKubectl() {
    String type = kind.plural().substring(0, kind.plural().length() - 1);
    return type + "/" + name + " -n " + namespace;
  }
}
