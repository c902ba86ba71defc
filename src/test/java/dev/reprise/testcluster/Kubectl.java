package dev.reprise.testcluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real kubectl, pointed at a test cluster. */
@FunctionalInterface
public interface Kubectl {

  /**
   * Runs it to its end.
   *
   * @param input what it reads from standard input; may be empty
   * @return what it printed to standard output
   * @throws ClusterFailure with its error output, if it doesn't end with exit code 0
   */
  String run(String input, List<String> arguments);

  default String run(String... arguments) {
    return run("", List.of(arguments));
  }

  default String apply(String yaml) {
    return run(yaml, List.of("apply", "--filename", "-"));
  }

  /** The same kubectl, with another default namespace. */
  default Kubectl in(String namespace) {
    return with("--namespace", namespace);
  }

  /** The same kubectl, for somebody else: whom the administrator impersonates. */
  default Kubectl as(String user, String... groups) {
    List<String> options = new ArrayList<>(List.of("--as", user));
    for (String group : groups) {
      options.addAll(List.of("--as-group", group));
    }
    return with(options.toArray(String[]::new));
  }

  private Kubectl with(String... options) {
    return (input, arguments) -> {
      List<String> words = new ArrayList<>(List.of(options));
      words.addAll(arguments);
      return run(input, words);
    };
  }

  /** A kubectl on this machine, which keeps its discovery cache next to the kubeconfig. */
  static Kubectl local(String binary, Path kubeconfig, Path cache) {
    return (input, arguments) -> {
      List<String> words =
          new ArrayList<>(
              List.of(
                  binary, "--kubeconfig", kubeconfig.toString(), "--cache-dir", cache.toString()));
      words.addAll(arguments);
      return new Command(words, Path.of(""), input).run();
    };
  }
}
