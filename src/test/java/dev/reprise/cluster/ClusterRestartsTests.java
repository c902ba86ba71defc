package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.restart.ClusterRefused;
import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.Samples;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterRestartsTests {

  private static final RestartKey KEY = Samples.key("checkout-7k2m9x");

  private final FakeApiServer server = new FakeApiServer();
  private final HandTiming time = new HandTiming();
  private final KubernetesApi api = server.api(time.timing());
  private final ClusterRestarts restarts =
      new ClusterRestarts(api, new ReflectorFactory(api, Set.of(), time.timing()));

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void saysThatSomethingMayHaveChangedThoughItCannotFindOut() {
    server.answer(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    for (int attempt = 0; attempt < 20; attempt++) {
      server.refuse(503, "ServiceUnavailable", "Shutting down");
    }

    assertThatThrownBy(() -> restarts.create(KEY, Samples.spec(Samples.WEB)))
        .isInstanceOfSatisfying(
            ClusterUnavailable.class,
            unavailable -> assertThat(unavailable.maybeChanged()).isTrue());
  }

  @Test
  void refusesToReadWhatThisVersionDoesNotKnow() {
    server.answer(
        200,
        """
        {"metadata": {"namespace": "demo", "name": "later", "uid": "u", "resourceVersion": "1",
          "creationTimestamp": "2026-11-24T03:00:00Z"},
         "spec": {"kind": "CronJob", "name": "nightly"}}
        """);

    assertThatThrownBy(() -> restarts.readLive(Samples.key("later")))
        .isInstanceOf(ClusterRefused.class)
        .hasMessageContaining("demo/later");
  }
}
