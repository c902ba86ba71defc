package dev.reprise.testcluster;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;

/** Where a test cluster comes from. */
public enum Provider {
  LOCAL,
  K3S,
  EXISTING;

  static Provider choose() {
    return choose(
        System::getProperty,
        Binaries::possible,
        () -> DockerClientFactory.instance().isDockerAvailable());
  }

  /** Whether the parts of the test cluster are processes of ours. */
  public static boolean isLocal() {
    return choose() == LOCAL;
  }

  /** An existing cluster is only ever taken by name: tests create and delete things in it. */
  static Provider choose(
      UnaryOperator<@Nullable String> property, BooleanSupplier go, BooleanSupplier engine) {
    String forced = property.apply("reprise.cluster");
    if (forced != null && !forced.isBlank()) {
      return named(forced);
    }
    String kubeconfig = property.apply("reprise.cluster.kubeconfig");
    if (kubeconfig != null && !kubeconfig.isBlank()) {
      return EXISTING;
    }
    if (go.getAsBoolean()) {
      return LOCAL;
    }
    if (engine.getAsBoolean()) {
      return K3S;
    }
    throw new ClusterFailure(
        """
        There is nothing to run a test cluster with. Do one of these:
          - install Go 1.26 or newer (https://go.dev/dl): the control plane is built from source, once;
          - start a container engine (Docker, Podman): k3s is run in it;
          - name an existing cluster that tests may change: -Dreprise.cluster.kubeconfig=<file>.\
        """);
  }

  private static Provider named(String name) {
    return Arrays.stream(values())
        .filter(provider -> provider.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() ->
            new ClusterFailure(
                "reprise.cluster is '" + name + "'; it may be local, k3s or existing."));
  }
}
