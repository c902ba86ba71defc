package dev.reprise.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hashes what a ConfigMap or a Secret holds, with a key: a plain hash of a Secret could be guessed
 * at by whoever reads it. Of the metadata nothing goes in.
 */
final class ContentHash {

  private static final String HMAC = "HmacSHA256";

  private final SecretKeySpec key;
  private final String keyId;

  ContentHash(byte[] key) {
    this.key = new SecretKeySpec(key, HMAC);
    Mac mac = mac();
    mac.update("which key".getBytes(UTF_8));
    this.keyId = HexFormat.of().formatHex(mac.doFinal(), 0, 8);
  }

  /** Tells this key apart from others, and nothing more. */
  String keyId() {
    return keyId;
  }

  /** Each part is told apart from the next by its length, and the order of keys is no matter. */
  String of(JsonObject object) {
    Mac mac = mac();
    for (String field : List.of("data", "binaryData")) {
      TreeMap<String, String> entries = new TreeMap<>();
      if (object.get(field) instanceof JsonObject data) {
        data.entrySet()
            .forEach(entry -> entries.put(entry.getKey(), entry.getValue().getAsString()));
      }
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(entries.size()).flip());
      entries.forEach((name, value) -> {
        update(mac, name);
        update(mac, value);
      });
    }
    return HexFormat.of().formatHex(mac.doFinal());
  }

  private static void update(Mac mac, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    mac.update(bytes);
  }

  private Mac mac() {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java platform has " + HMAC, impossible);
    }
  }
}
