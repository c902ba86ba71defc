package dev.reprise.cluster;

import static dev.reprise.cluster.FakeApiServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.Caller;
import dev.reprise.security.Identities.Identity;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is made of an API server's answer that ours never gives: that of one whose authenticator
 * knows nothing of audiences.
 */
class TokenReviewsTests {

  private static final String ANNA = "{\"username\": \"anna\", \"groups\": [\"developers\"]}";

  private final FakeApiServer server = new FakeApiServer();
  private final HandTiming time = new HandTiming();
  private final TokenReviews reviews = new TokenReviews(server.api(time.timing()), "reprise");

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void asksForOurAudience() throws Exception {
    answer("\"authenticated\": true, \"audiences\": [\"reprise\"], \"user\": " + ANNA);

    assertThat(reviews.of("t-1"))
        .isEqualTo(new Identity.Known(new Caller("anna", List.of("developers"))));
    assertThat(json(server.request().getBody().utf8()).get("spec"))
        .isEqualTo(json("{\"token\": \"t-1\", \"audiences\": [\"reprise\"]}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"authenticated\": true, ",
        "\"authenticated\": true, \"audiences\": [], ",
        "\"authenticated\": true, \"audiences\": [\"https://kubernetes.default.svc\"], ",
        "\"authenticated\": false, \"audiences\": [\"reprise\"], ",
        "\"audiences\": [\"reprise\"], "
      })
  void knowsNobodyByAnAnswerThatIsNotForUs(String status) {
    answer(status + "\"user\": " + ANNA);

    assertThat(reviews.of("t-1")).isEqualTo(new Identity.Unknown());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", \"user\": {}", ", \"user\": {\"username\": \"\"}"})
  void knowsNobodyWithoutAName(String user) {
    answer("\"authenticated\": true, \"audiences\": [\"reprise\"]" + user);

    assertThat(reviews.of("t-1")).isEqualTo(new Identity.Unknown());
  }

  private void answer(String status) {
    server.answer(201, "{\"status\": {" + status + "}}");
  }
}
