package dev.reprise.cluster;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a request may have left us: a network interceptor is reached only once there is a
 * connection to write to.
 */
final class SentMark implements Interceptor {

  /** Travels with the request as its tag. */
  static final class Mark {
    private volatile boolean sent;

    boolean isSent() {
      return sent;
    }
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    @Nullable Mark mark = chain.request().tag(Mark.class);
    if (mark != null) {
      mark.sent = true;
    }
    return chain.proceed(chain.request());
  }
}
