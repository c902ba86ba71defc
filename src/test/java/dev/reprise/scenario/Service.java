package dev.reprise.scenario;

import dev.reprise.RepriseApplication;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The service, run in this JVM for one namespace, leader of that namespace's restarts. */
public final class Service implements AutoCloseable {

  private final ConfigurableApplicationContext context;

  private Service(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts it and waits until it is ready, as whatever sends it requests in a cluster does. */
  public static Service start(TestCluster cluster, Namespace namespace, String... more) {
    install(cluster);
    Service service = startUnready(cluster.kubeconfig(), namespace.name(), more);
    try {
      service.caller().awaitReady();
      return service;
    } catch (Throwable e) {
      service.close();
      throw e;
    }
  }

  /**
   * Starts it, whether it finds an API server or not. One at a time: all of this JVM share one
   * logging system, which each of them sets up.
   */
  static Service startUnready(Path kubeconfig, String namespace, String... more) {
    return startUnready(RepriseApplication.class, kubeconfig, namespace, more);
  }

  /**
   * The same, some of whose parts are others.
   *
   * @param other its beans take precedence
   */
  static synchronized Service startUnready(
      Class<?> other, Path kubeconfig, String namespace, String... more) {
    List<String> arguments = arguments(kubeconfig, namespace, more);
    arguments.add("--server.port=0");
    return new Service(
        SpringApplication.run(
            new Class<?>[] {RepriseApplication.class, other}, arguments.toArray(String[]::new)));
  }

  private static String nameOf(String argument) {
    return argument.substring(0, argument.indexOf('='));
  }

  /**
   * What sets one replica up for this namespace alone.
   *
   * @param more take the place of those; one without a value leaves it to the service's default
   */
  static List<String> arguments(Path kubeconfig, String namespace, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--reprise.kubernetes.kubeconfig=" + kubeconfig,
                "--reprise.kubernetes.namespaces=" + namespace,
                "--reprise.leader.namespace=" + namespace,
                // What kubectl writes here, whoever runs the tests may write.
                "--reprise.kubernetes.restarts-by-others=Accept",
                "--reprise.leader.lease-duration=5s",
                "--reprise.leader.renew-deadline=3s",
                "--reprise.leader.retry-period=500ms",
                "--spring.jmx.enabled=false"));
    for (String another : more) {
      // Spring joins the values of an argument that is given twice.
      arguments.removeIf(given -> nameOf(given).equals(nameOf(another)));
      if (!another.endsWith("=")) {
        arguments.add(another);
      }
    }
    return arguments;
  }

  /** Makes the cluster know Restarts; harmless when it does, one test class at a time. */
  public static synchronized void install(TestCluster cluster) {
    try {
      cluster.kubectl().apply(Files.readString(Path.of("helm/reprise/files/restarts-crd.yaml")));
      cluster
          .kubectl()
          .run("wait", "--for=condition=Established", "crd/restarts.reprise.dev", "--timeout=120s");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI address() {
    return URI.create(
        "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  /** Somebody at its other port, which it has only if told so. */
  Caller management() {
    return new Caller(
        URI.create(
            "http://localhost:"
                + context.getEnvironment().getRequiredProperty("local.management.port")));
  }

  public Caller caller() {
    return new Caller(address());
  }

  @Override
  public void close() {
    context.close();
  }
}
