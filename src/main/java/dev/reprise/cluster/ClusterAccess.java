package dev.reprise.cluster;

import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the API server is, whom we trust there, and how we prove who we are; read from files. */
sealed interface ClusterAccess {

  /** The address, the certificate authority and, where we have one, our certificate. */
  ClientBuilder builder() throws IOException;

  /** What {@link #builder} is made from: when this changes, connections have to be made anew. */
  String material() throws IOException;

  /** Our bearer token as it is now; null when we have none. */
  @Nullable String token() throws IOException;

  /** How long a token may be used before it is read again. */
  Duration tokenAge();

  static ClusterAccess of(KubernetesProperties properties, Map<String, String> environment) {
    Path kubeconfig = properties.kubeconfig();
    return kubeconfig == null
        ? new ServiceAccount(Path.of("/var/run/secrets/kubernetes.io/serviceaccount"), environment)
        : new KubeconfigFile(kubeconfig, properties.context());
  }

  /** The service account of the pod we run in. */
  record ServiceAccount(Path directory, Map<String, String> environment) implements ClusterAccess {

    @Override
    public ClientBuilder builder() throws IOException {
      String host = environment.get("KUBERNETES_SERVICE_HOST");
      String port = environment.get("KUBERNETES_SERVICE_PORT");
      if (host == null || port == null) {
        throw new IOException(
            "we run in no pod of a cluster; name a kubeconfig with reprise.kubernetes.kubeconfig");
      }
      return new ClientBuilder()
          .setBasePath(address(host, port))
          .setCertificateAuthority(Files.readAllBytes(certificateAuthority()));
    }

    /** By URI, since the host may be an IPv6 address, which needs its brackets. */
    private static String address(String host, String port) throws IOException {
      try {
        return new URI("https", null, host, Integer.parseInt(port), null, null, null).toString();
      } catch (URISyntaxException | NumberFormatException e) {
        throw new IOException("KUBERNETES_SERVICE_HOST and _PORT: " + e.getMessage(), e);
      }
    }

    @Override
    public String material() throws IOException {
      return Files.readString(certificateAuthority());
    }

    private Path certificateAuthority() {
      return directory.resolve("ca.crt");
    }

    @Override
    public String token() throws IOException {
      return Files.readString(directory.resolve("token")).strip();
    }

    /** The kubelet renews the file; clients should look once a minute (kubernetes #68164). */
    @Override
    public Duration tokenAge() {
      return Duration.ofMinutes(1);
    }
  }

  /**
   * A kubeconfig.
   *
   * @param context null for its current one
   */
  record KubeconfigFile(Path file, @Nullable String context) implements ClusterAccess {

    @Override
    public ClientBuilder builder() throws IOException {
      return ClientBuilder.kubeconfig(load());
    }

    @Override
    public String material() throws IOException {
      KubeConfig config = load();
      StringBuilder material = new StringBuilder(Files.readString(file));
      append(material, config.getCertificateAuthorityFile());
      append(material, config.getClientCertificateFile());
      append(material, config.getClientKeyFile());
      return material.toString();
    }

    private void append(StringBuilder material, @Nullable String named) throws IOException {
      if (named != null) {
        material.append(Files.readString(file.toAbsolutePath().resolveSibling(named)));
      }
    }

    @Override
    public @Nullable String token() throws IOException {
      Map<String, String> credentials = load().getCredentials();
      return credentials == null ? null : credentials.get(KubeConfig.CRED_TOKEN_KEY);
    }

    /** Longer than a pod's, since a program may have to be run for it; a 401 asks at once. */
    @Override
    public Duration tokenAge() {
      return Duration.ofMinutes(5);
    }

    private KubeConfig load() throws IOException {
      try (Reader reader = Files.newBufferedReader(file)) {
        KubeConfig config = KubeConfig.loadKubeConfig(reader);
        config.setFile(file.toAbsolutePath().toFile());
        if (context != null && !config.setContext(context)) {
          throw new IOException("no context '" + context + "' in " + file);
        }
        return config;
      } catch (RuntimeException e) {
        // What the client throws for a file that is not a kubeconfig, such as ClassCastException.
        throw new IOException(file + " is not a kubeconfig: " + e.getMessage(), e);
      }
    }
  }
}
