package dev.reprise.cluster;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * The way to the API server.
 *
 * @param requests for short requests: with time-outs, never sending one again by itself
 * @param watches for streams: no time-out for the whole, one for silence
 */
record ApiConnection(
    HttpUrl server, String userAgent, OkHttpClient requests, OkHttpClient watches) {

  /**
   * For what may not stay in memory: each request has a connection of its own, closed after it.
   * What TLS and HTTP have in their buffers goes with the connection.
   */
  OkHttpClient confidential() {
    return requests
        .newBuilder()
        .protocols(List.of(Protocol.HTTP_1_1))
        .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
        .build();
  }

  /** Gives the connection to use now; asked for each request. */
  @FunctionalInterface
  interface Source {
    /**
     * Gives it as it is now.
     *
     * @throws NoneKnown when it is not known where the API server is
     */
    ApiConnection connection() throws NoneKnown;
  }

  /** Neither a kubeconfig nor a pod's service account says where the API server is. */
  static final class NoneKnown extends IOException {

    private static final long serialVersionUID = 1L;

    NoneKnown(Throwable cause) {
      super("no way to the API server: " + cause.getMessage(), cause);
    }
  }
}
