package dev.reprise;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Asks a running Reprise whether it is ready, prints its answer and ends with exit code 0 if it is:
 * {@code helm test}, by our own image, which has no shell and no curl.
 */
final class ReadinessCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private ReadinessCheck() {}

  /** The address, for instance {@code http://reprise/readyz}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(args[0])).timeout(PATIENCE).build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      System.out.println(answer.statusCode() + " " + answer.body());
      if (answer.statusCode() != 200) {
        System.exit(1);
      }
    }
  }
}
