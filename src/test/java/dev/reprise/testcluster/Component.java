package dev.reprise.testcluster;

/** The programs that make up a local cluster, in the order in which they start. */
public enum Component {
  ETCD("etcd"),
  API_SERVER("kube-apiserver"),
  CONTROLLER_MANAGER("kube-controller-manager"),
  SCHEDULER("kube-scheduler"),
  KWOK("kwok"),
  ARGO_ROLLOUTS("rollouts-controller");

  private final String binary;

  Component(String binary) {
    this.binary = binary;
  }

  String binary() {
    return binary;
  }

  @Override
  public String toString() {
    return binary;
  }
}
