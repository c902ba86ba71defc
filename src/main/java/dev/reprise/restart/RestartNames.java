package dev.reprise.restart;

import dev.reprise.workload.WorkloadRef;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Names for Restarts: ours, chosen before the create, so that a lost answer can be settled by
 * reading that name.
 */
final class RestartNames {

  /** No vowels and no look-alikes, as in the names that Kubernetes itself generates. */
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

  private static final int LONGEST_PREFIX = 50;

  private RestartNames() {}

  /**
   * The name for a new request: the one that its key stands for, or without a key a readable one
   * that begins so.
   */
  static RestartKey keyFor(
      Caller caller,
      String namespace,
      @Nullable String idempotencyKey,
      String readable,
      RandomGenerator random) {
    return new RestartKey(
        namespace,
        idempotencyKey == null
            ? readable(readable, random)
            : ofKey(caller.user(), namespace, idempotencyKey));
  }

  /** A readable name such as {@code checkout-7k2m9x}; a DNS label, whatever the workload's name. */
  static String readable(String workload, RandomGenerator random) {
    StringBuilder name = new StringBuilder(prefixOf(workload)).append('-');
    random.ints(6, 0, ALPHABET.length()).forEach(index -> name.append(ALPHABET.charAt(index)));
    return name.toString();
  }

  /** The name that this caller's key stands for in this namespace, always the same. */
  static String ofKey(String user, String namespace, String key) {
    return "key-" + letters(sha256("key", user, namespace, key));
  }

  /** The name of the Restart of this member of a group, always the same. */
  static String ofMember(String groupUid, WorkloadRef target) {
    byte[] hash = sha256("member", groupUid, target.kind().kind(), target.name());
    return prefixOf(target.name()) + "-" + letters(hash).substring(0, 12);
  }

  /** The name of the Restart of this workload for this content after that one, always the same. */
  static String ofReload(WorkloadRef target, Reload reload) {
    Stream<String> contents =
        reload.contents().entrySet().stream()
            .map(content -> content.getKey() + " " + content.getValue())
            .sorted();
    String[] parts =
        Stream.concat(
                Stream.of(
                    "reload",
                    reload.workloadUid(),
                    reload.previous() == null ? "none" : reload.previous()),
                contents)
            .toArray(String[]::new);
    return prefixOf(target.name()) + "-" + letters(sha256(parts)).substring(0, 12);
  }

  private static String letters(byte[] hash) {
    StringBuilder letters = new StringBuilder();
    for (int index = 0; index < 20; index++) {
      letters.append(ALPHABET.charAt(Math.floorMod(hash[index], ALPHABET.length())));
    }
    return letters.toString();
  }

  /** A hash of the parts, each told apart from the next by its length. */
  static byte[] sha256(String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256", impossible);
    }
  }

  private static String prefixOf(String workload) {
    String cut = workload.substring(0, Math.min(workload.length(), LONGEST_PREFIX));
    return cut.replace('.', '-');
  }
}
