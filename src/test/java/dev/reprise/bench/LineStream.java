package dev.reprise.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A GET whose answer takes its time, read line by line on a bare socket: thousands of them must not
 * cost the reader more than the service.
 */
final class LineStream implements AutoCloseable {

  private final Socket socket = new Socket();
  private final CompletableFuture<String> statusLine = new CompletableFuture<>();

  private LineStream() {}

  /**
   * Sends the request and returns at once.
   *
   * @param header one further header, as {@code Name: value}
   * @param line gets the lines of the body, and those of the header and of the transfer coding too
   */
  static LineStream open(URI service, String path, String header, Consumer<String> line)
      throws IOException {
    LineStream stream = new LineStream();
    try {
      stream.socket.connect(new InetSocketAddress(service.getHost(), service.getPort()), 10_000);
      stream
          .socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: %s\r\n%s\r\n\r\n"
                  .formatted(path, service.getAuthority(), header)
                  .getBytes(StandardCharsets.US_ASCII));
      Thread.ofVirtual().start(() -> stream.read(line));
      return stream;
    } catch (IOException e) {
      stream.close();
      throw e;
    }
  }

  /**
   * The status of its answer; 0 when there is none within this time, -1 when there won't be any.
   */
  int status(Duration limit) throws InterruptedException {
    try {
      return Integer.parseInt(
          statusLine.get(limit.toMillis(), TimeUnit.MILLISECONDS).split(" ")[1]);
    } catch (TimeoutException _) {
      return 0;
    } catch (ExecutionException _) {
      return -1;
    }
  }

  private void read(Consumer<String> line) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1024)) {
      for (String next = lines.readLine(); next != null; next = lines.readLine()) {
        statusLine.complete(next);
        line.accept(next);
      }
    } catch (IOException _) {
      // closed, by us or by the service; who waits for a line misses it
    } finally {
      statusLine.completeExceptionally(new IOException("closed"));
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // it is gone either way
    }
  }
}
