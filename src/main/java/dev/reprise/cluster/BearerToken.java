package dev.reprise.cluster;

import java.io.IOException;
import java.util.function.LongSupplier;
import okhttp3.Authenticator;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds our token to each request, reads it anew from time to time, and at once when the API server
 * does not accept it any more. While it cannot be read, the last one that could is used.
 */
final class BearerToken implements Interceptor, Authenticator {

  private static final Logger LOGGER = LoggerFactory.getLogger(BearerToken.class);

  private final ClusterAccess access;
  private final LongSupplier nanoTime;
  private @Nullable String token;
  private long readAt;
  private boolean read;

  BearerToken(ClusterAccess access, LongSupplier nanoTime) {
    this.access = access;
    this.nanoTime = nanoTime;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    return chain.proceed(with(current(), chain.request()));
  }

  /** Called after a 401; null ends the call with it. */
  @Override
  public @Nullable Request authenticate(@Nullable Route route, Response refused)
      throws IOException {
    String renewed = reread();
    Request request = refused.request();
    boolean alreadyTried = refused.priorResponse() != null;
    boolean same = renewed == null || bearer(renewed).equals(request.header("Authorization"));
    return alreadyTried || same ? null : with(renewed, request);
  }

  private synchronized @Nullable String current() throws IOException {
    boolean old = nanoTime.getAsLong() - readAt >= access.tokenAge().toNanos();
    return !read || old ? reread() : token;
  }

  private synchronized @Nullable String reread() throws IOException {
    try {
      token = access.token();
      read = true;
    } catch (IOException e) {
      if (!read) {
        throw e;
      }
      LOGGER.atWarn().setCause(e).log("Our token cannot be read; using the last one");
    }
    readAt = nanoTime.getAsLong();
    return token;
  }

  private static Request with(@Nullable String token, Request request) {
    return token == null
        ? request
        : request.newBuilder().header("Authorization", bearer(token)).build();
  }

  private static String bearer(String token) {
    return "Bearer " + token;
  }
}
