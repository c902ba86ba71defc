package dev.reprise.testcluster;

import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * A namespace of one test's own.
 *
 * @param kubectl kubectl with this as its default namespace
 */
public record Namespace(String name, Kubectl kubectl) implements AutoCloseable {
  private static final int NAME_LENGTH = 40;

  public static Namespace create(Kubectl kubectl, Class<?> test) {
    String words = test.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-");
    String readable = words.substring(0, Math.min(words.length(), NAME_LENGTH));
    String suffix =
        Integer.toString(RandomGenerator.getDefault().nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
    String name = readable.toLowerCase(Locale.ROOT) + "-" + suffix;
    kubectl.run("create", "namespace", name);
    // A pod is refused as long as the service account that it runs as isn't there.
    kubectl.run("wait", "--for=create", "serviceaccount/default", "--namespace", name);
    return new Namespace(name, kubectl.in(name));
  }

  public String apply(String yaml) {
    return kubectl.apply(yaml);
  }

  /** Has it deleted, without waiting for that. */
  @Override
  public void close() {
    kubectl.run("delete", "namespace", name, "--wait=false");
  }
}
