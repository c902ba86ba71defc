package dev.reprise.testcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Go module of ours whose {@code tool} directives name the programs to build. */
record GoModule(Path folder) {
  private static final Path ALL = Path.of("src/test/cluster");

  static final GoModule ARGO_ROLLOUTS = new GoModule(ALL.resolve("argo-rollouts"));
  static final GoModule HELM = new GoModule(ALL.resolve("helm"));
  static final GoModule HELM_3 = new GoModule(ALL.resolve("helm-3"));
  static final GoModule TOXIPROXY = new GoModule(ALL.resolve("toxiproxy"));

  private static final Pattern ONE_TOOL = Pattern.compile("(?m)^tool ([^(\\s]+)$");
  private static final Pattern KUBERNETES =
      Pattern.compile("\\bk8s\\.io/kubernetes v(?<major>\\d+)\\.(?<minor>\\d+)\\.\\d+\\S*");

  /** That of the minor that {@code -Dkubernetes.version} names; the newest unless given. */
  static GoModule controlPlane() {
    return controlPlane(System.getProperty("kubernetes.version", ""));
  }

  /**
   * The control plane of this minor.
   *
   * @param version such as {@code 1.35}, or empty for the newest that Reprise supports
   * @throws ClusterFailure if there is none; it then says which there are
   */
  static GoModule controlPlane(String version) {
    Path folder = ALL.resolve(version.isEmpty() ? "control-plane" : "control-plane-" + version);
    if (!Files.isDirectory(folder)) {
      throw new ClusterFailure(
          "-Dkubernetes.version=%s: there is no %s; leave it out for %s, or take one of %s"
              .formatted(
                  version, folder, controlPlane("").kubernetes().orElse("the newest"), others()));
    }
    return new GoModule(folder);
  }

  private static List<String> others() {
    try (Stream<Path> folders = Files.list(ALL)) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> name.startsWith("control-plane-"))
          .map(name -> name.substring("control-plane-".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The version of Kubernetes that it builds, such as {@code v1.37.2}. */
  Optional<String> kubernetes() {
    Matcher kubernetes = KUBERNETES.matcher(read("go.mod"));
    return kubernetes.find()
        ? Optional.of(kubernetes.group().substring("k8s.io/kubernetes ".length()))
        : Optional.empty();
  }

  String name() {
    return folder.getFileName().toString();
  }

  /** Where the outcome of a build is kept: elsewhere as soon as a version or a flag changes. */
  CachedFolder cached() {
    return CachedFolder.of(name(), read("go.mod"), read("go.sum"), linkerFlags());
  }

  /** The packages of the programs that it builds. */
  List<String> tools() {
    Matcher only = ONE_TOOL.matcher(read("go.mod"));
    return only.find()
        ? List.of(only.group(1))
        : read("go.mod")
            .lines()
            .dropWhile(line -> !line.equals("tool ("))
            .skip(1)
            .takeWhile(line -> !line.equals(")"))
            .map(String::strip)
            .toList();
  }

  /**
   * Kubernetes programs say v0.0.0-master unless told their version, and the API server's own
   * checks of compatibility then fail.
   */
  String linkerFlags() {
    Matcher kubernetes = KUBERNETES.matcher(read("go.mod"));
    StringBuilder flags = new StringBuilder("-s -w");
    if (kubernetes.find()) {
      String version = kubernetes.group().substring("k8s.io/kubernetes ".length());
      for (String at : List.of("k8s.io/component-base/version", "k8s.io/client-go/pkg/version")) {
        flags.append(" -X %s.gitVersion=%s".formatted(at, version));
        flags.append(" -X %s.gitMajor=%s".formatted(at, kubernetes.group("major")));
        flags.append(" -X %s.gitMinor=%s".formatted(at, kubernetes.group("minor")));
      }
    }
    return flags.toString();
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
