package dev.reprise.testcluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real Helm, built from source as the programs of the local cluster are. */
public final class Helm {

  private final Path folder;

  private Helm(Path folder) {
    this.folder = folder;
  }

  /** Whether there is one already, or Go to build it with. */
  public static boolean possible() {
    return Binaries.helmIsPossible();
  }

  /** Returns it, after building it if need be; that takes some minutes. */
  public static Helm ready() {
    return new Helm(Binaries.helm());
  }

  /** The same of Helm 3, which many still have. */
  public static Helm three() {
    return new Helm(Binaries.helm3());
  }

  /** What it printed; warnings of the API server are among the errors. */
  public record Printed(String output, String errors) {}

  /**
   * Runs it to its end.
   *
   * @throws ClusterFailure with what it printed, if it doesn't end with exit code 0
   */
  public Printed run(List<String> arguments) {
    return run("helm", arguments);
  }

  public Printed run(String... arguments) {
    return run(List.of(arguments));
  }

  /** The same, for this cluster and as its administrator. */
  public Printed run(TestCluster cluster, String... arguments) {
    List<String> words = new ArrayList<>(List.of(arguments));
    words.add("--kubeconfig=" + cluster.kubeconfig());
    return run(words);
  }

  /** What helm-docs makes of the charts below a folder. */
  public String docs(Path charts) {
    return run(
            "helm-docs",
            List.of("--chart-search-root=" + charts, "--dry-run", "--sort-values-order=file"))
        .output();
  }

  private Printed run(String program, List<String> arguments) {
    List<String> words = new ArrayList<>(List.of(folder.resolve(program).toString()));
    words.addAll(arguments);
    Command.Printed printed = new Command(words, Path.of(""), "").printed();
    return new Printed(printed.output(), printed.errors());
  }
}
