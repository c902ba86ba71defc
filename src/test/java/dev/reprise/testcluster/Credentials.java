package dev.reprise.testcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.UUID;

/** Who may talk to a local cluster, and how they know it. */
record Credentials(ClusterFolder folder, URI apiServer) {
  static final String ADMINISTRATOR = "admin";

  /**
   * Everyone here is in system:masters, under a name of their own, so that managed fields and
   * events tell them apart.
   */
  void writeTokens() {
    StringBuilder lines = new StringBuilder();
    lines.append(line(ADMINISTRATOR, ADMINISTRATOR));
    for (Component component : Component.values()) {
      lines.append(line("system:" + component.binary(), component.binary()));
    }
    folder.write(tokens(), lines.toString());
  }

  private static String line(String user, String uid) {
    return "%s,%s,%s,system:masters\n".formatted(UUID.randomUUID(), user, uid);
  }

  /** The key pair that signs service accounts' tokens. */
  void writeServiceAccountKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
      String base64 =
          Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(key);
      folder.write(
          serviceAccountKey(),
          "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n".formatted(base64));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Writes the kubeconfigs, the administrator's among them. The API server must have started: it
   * makes its own certificate, and appends the authority's to it.
   */
  void writeKubeconfigs() {
    String chain = read(certificates().resolve("apiserver.crt"));
    String authority = chain.substring(chain.lastIndexOf("-----BEGIN CERTIFICATE-----"));
    folder.write(authority(), authority);
    for (Component component : Component.values()) {
      folder.write(kubeconfig(component), kubeconfig(component.binary(), authority));
    }
    folder.write(folder.kubeconfig(), kubeconfig(ADMINISTRATOR, authority));
  }

  private String kubeconfig(String uid, String authority) {
    return
"""
apiVersion: v1
kind: Config
current-context: reprise-test
contexts:
- name: reprise-test
  context:
    cluster: reprise-test
    user: %1$s
clusters:
- name: reprise-test
  cluster:
    server: %2$s
    certificate-authority-data: %3$s
users:
- name: %1$s
  user:
    token: %4$s
"""
        .formatted(
            uid,
            apiServer,
            Base64.getEncoder().encodeToString(authority.getBytes(StandardCharsets.US_ASCII)),
            token(uid));
  }

  private String token(String uid) {
    return read(tokens())
        .lines()
        .map(line -> line.split(","))
        .filter(fields -> fields[2].equals(uid))
        .map(fields -> fields[0])
        .findFirst()
        .orElseThrow();
  }

  Path tokens() {
    return folder.data("tokens.csv");
  }

  Path serviceAccountKey() {
    return folder.data("service-account.key");
  }

  Path certificates() {
    return folder.data("certificates");
  }

  Path authority() {
    return folder.data("authority.crt");
  }

  Path kubeconfig(Component component) {
    return folder.data(component.binary() + ".kubeconfig");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
