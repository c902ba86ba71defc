package dev.reprise.scenario;

import dev.reprise.testcluster.Kubectl;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A service account of a namespace. */
public final class Account {

  private static final Path CHART = Path.of("helm/reprise/templates/_helpers.tpl");
  private static final String BEFORE_RULES = "{{- define \"reprise.rules\" -}}\n";
  private static final String AFTER_RULES = "{{- end }}";
  private static final String LEASE =
      """
      - apiGroups: [coordination.k8s.io]
        resources: [leases]
        verbs: [create, get, update]
      """;

  private Account() {}

  /** The rules that the chart grants the service in a namespace, as a list in YAML. */
  public static String rulesOfTheChart() {
    try {
      String chart = Files.readString(CHART);
      int begin = chart.indexOf(BEFORE_RULES) + BEFORE_RULES.length();
      return chart.substring(begin, chart.indexOf(AFTER_RULES, begin));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Creates one with these rights, and with those to the Lease.
   *
   * @return a kubeconfig in the folder whose user it is
   */
  public static Path create(
      TestCluster cluster, Namespace namespace, String name, String rules, Path folder) {
    return createExactly(cluster, namespace, name, rules.stripTrailing() + "\n" + LEASE, folder);
  }

  /** Creates one with these rights and no others. */
  static void create(Namespace namespace, String name, String rules) {
    namespace.apply(
"""
apiVersion: v1
kind: ServiceAccount
metadata: {name: %1$s}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: %1$s}
rules:
%2$s
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: %1$s}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: %1$s}
subjects: [{kind: ServiceAccount, name: %1$s, namespace: %3$s}]
"""
            .formatted(name, rules, namespace.name()));
  }

  /**
   * Creates one with these rights and no others.
   *
   * @return a kubeconfig in the folder whose user it is
   */
  static Path createExactly(
      TestCluster cluster, Namespace namespace, String name, String rules, Path folder) {
    create(namespace, name, rules);
    return kubeconfig(cluster, namespace, name, folder);
  }

  /** A kubeconfig in the folder whose user is this account, by a token that it asks for. */
  static Path kubeconfig(TestCluster cluster, Namespace namespace, String name, Path folder) {
    return kubeconfig(
        cluster, token(namespace, name, "--duration=24h"), folder.resolve(name + ".kubeconfig"));
  }

  /** A new token of it, by {@code kubectl create token}. */
  static String token(Namespace namespace, String name, String... options) {
    return namespace
        .kubectl()
        .run(
            Stream.concat(Stream.of("create", "token", name), Stream.of(options))
                .toArray(String[]::new))
        .strip();
  }

  private static Path kubeconfig(TestCluster cluster, String token, Path file) {
    Kubectl kubectl = cluster.kubectl();
    String authority =
        kubectl.run(
            "config",
            "view",
            "--raw",
            "--minify",
            "--flatten",
            "-o",
            "jsonpath={.clusters[0].cluster.certificate-authority-data}");
    try {
      return Files.writeString(
          file,
"""
apiVersion: v1
kind: Config
current-context: account
contexts: [{name: account, context: {cluster: test, user: account}}]
clusters: [{name: test, cluster: {server: '%s', certificate-authority-data: %s}}]
users: [{name: account, user: {token: %s}}]
"""
              .formatted(cluster.apiServer(), authority, token));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
