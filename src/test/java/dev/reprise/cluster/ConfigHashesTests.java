package dev.reprise.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.restart.ClusterRefused;
import dev.reprise.workload.ConfigReference;
import dev.reprise.workload.ConfigReference.Kind;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConfigHashesTests {

  private static final ConfigReference DB = new ConfigReference(Kind.Secret, "db");

  private final FakeApiServer server = new FakeApiServer(Protocol.HTTP_1_1);
  private final KubernetesApi api = server.api(new HandTiming().timing());
  private final ConfigHashes hashes =
      new ConfigHashes(api, new ContentHash("a key of at least thirty-two bytes".getBytes(UTF_8)));

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void readsTheSameVersionOnce() {
    server.answer(200, secret("7", "a"));

    assertThat(hashes.of(seen("7"))).isEqualTo(hashes.of(seen("7"))).isPresent();
    assertThat(server.requestCount()).isEqualTo(1);
  }

  @Test
  void readsWhatIsSaidToHaveChanged() {
    server.answer(200, secret("7", "a"));
    server.answer(200, secret("8", "b"));

    assertThat(hashes.of(seen("7"))).isNotEqualTo(hashes.of(seen("8")));
  }

  @Test
  void findsTheSameContentAtAnotherVersion() {
    server.answer(200, secret("7", "a"));
    server.answer(200, secret("8", "a"));

    assertThat(hashes.of(seen("7"))).isEqualTo(hashes.of(seen("8")));
  }

  @Test
  void tellsWhatIsGone() {
    server.refuse(404, "NotFound", "no");

    assertThat(hashes.read("shop", DB)).isEmpty();
  }

  @Test
  void tellsWhatItMayNotRead() {
    server.refuse(403, "Forbidden", "no");

    assertThatThrownBy(() -> hashes.read("shop", DB)).isInstanceOf(ClusterRefused.class);
  }

  @Test
  void hasAConnectionForEachRead() throws Exception {
    server.answer(200, secret("7", "a"));
    server.answer(200, secret("8", "b"));
    hashes.read("shop", DB);
    hashes.read("shop", DB);

    assertThat(server.request().getConnectionIndex())
        .isNotEqualTo(server.request().getConnectionIndex());
  }

  @Test
  void asksForNothingButMetadataWhenItLists() throws Exception {
    server.list("10");
    List<Object> objects = new ArrayList<>();

    api.list(Resources.SECRETS.in("shop"), Selection.byFields("a=b").metadataOnly(), objects::add);

    RecordedRequest request = server.request();
    assertThat(request.getHeaders().get("Accept"))
        .startsWith("application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,");
    assertThat(request.getUrl().queryParameter("fieldSelector")).isEqualTo("a=b");
  }

  private static ConfigVersion seen(String version) {
    return new ConfigVersion("shop", DB, version);
  }

  private static String secret(String version, String value) {
    return "{\"metadata\":{\"namespace\":\"shop\",\"name\":\"db\",\"resourceVersion\":\"%s\"},\"data\":{\"key\":\"%s\"}}"
        .formatted(version, value);
  }
}
