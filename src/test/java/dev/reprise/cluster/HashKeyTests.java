package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import okhttp3.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HashKeyTests {

  private static final byte[] KEY = "a key of at least thirty-two byte".getBytes();

  private final FakeApiServer server = new FakeApiServer(Protocol.HTTP_1_1);
  private final HashKey key =
      new HashKey(
          server.api(new HandTiming().timing()),
          Resources.SECRETS.in("tools").named("reprise-reload"));

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void takesTheOneThatIsThere() {
    server.answer(200, secret(KEY));

    assertThat(key.read()).isEqualTo(KEY);
  }

  @Test
  void makesTheOneThatIsMissing() throws Exception {
    server.refuse(404, "NotFound", "no");
    server.answer(201, secret(KEY));

    assertThat(key.read()).isEqualTo(KEY);

    var _ = server.request();
    String made = server.request().getBody().utf8();
    String sent = Node.of(FakeApiServer.json(made)).at("data", "key").textOr("");
    assertThat(Base64.getDecoder().decode(sent)).hasSize(32);
  }

  @Test
  void takesTheOneThatAnotherReplicaHasMadeAtTheSameTime() {
    server.refuse(404, "NotFound", "no");
    server.refuse(409, "AlreadyExists", "there");
    server.answer(200, secret(KEY));

    assertThat(key.read()).isEqualTo(KEY);
  }

  @Test
  void refusesAShortOne() {
    server.answer(200, secret(new byte[8]));

    assertThatThrownBy(key::read).hasMessageContaining("reprise-reload").hasMessageContaining("32");
  }

  private static String secret(byte[] value) {
    return "{\"metadata\":{\"name\":\"reprise-reload\"},\"data\":{\"key\":\"%s\"}}"
        .formatted(Base64.getEncoder().encodeToString(value));
  }
}
