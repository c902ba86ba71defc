package dev.reprise.testcluster;

import java.nio.file.Path;
import java.util.List;

/** The real kubernetes-validate, which holds objects to the schemas of Kubernetes' own kinds. */
public final class KubernetesValidate {

  private static final PythonPackages PACKAGES =
      new PythonPackages(Path.of("src/test/kubernetes-validate"));

  private final Path python;

  private KubernetesValidate(Path python) {
    this.python = python;
  }

  /** Whether a test that needs it should run: also where Python is missing that must not be. */
  public static boolean isThereOrRequired() {
    return PACKAGES.areThereOrRequired();
  }

  /** Returns it, after fetching it if need be. */
  public static KubernetesValidate ready() {
    return new KubernetesValidate(PACKAGES.ready().resolve("bin/python"));
  }

  /**
   * Checks strictly: a field that is not known is wrong.
   *
   * @param version of Kubernetes, such as 1.37.0
   * @param objects a file of YAML; kinds that are not Kubernetes' own are warned of
   * @return what it printed
   * @throws ClusterFailure with what is wrong with them
   */
  public String check(String version, Path objects) {
    return new Command(
            List.of(
                python.toString(),
                "-m",
                "kubernetes_validate",
                "--kubernetes-version=" + version,
                "--strict",
                objects.toString()),
            Path.of(""),
            "")
        .run();
  }
}
