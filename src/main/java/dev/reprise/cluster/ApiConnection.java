package dev.reprise.cluster;

import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * The way to the API server.
 *
 * @param requests for short requests: with time-outs, never sending one again by itself
 * @param watches for streams: no time-out for the whole, one for silence
 */
record ApiConnection(
    HttpUrl server, String userAgent, OkHttpClient requests, OkHttpClient watches) {

  /** Gives the connection to use now; asked for each request. */
  @FunctionalInterface
  interface Source {
    /**
     * Gives it as it is now.
     *
     * @throws IOException when it is not known where the API server is, or how to prove who we are
     */
    ApiConnection connection() throws IOException;
  }
}
