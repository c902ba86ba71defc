package dev.reprise.cluster;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;

/**
 * A cluster in which nothing happens: its watches tell nothing, and stay open until they are ended.
 */
abstract class StillCluster extends Dispatcher {

  private final List<Watch> watches = new CopyOnWriteArrayList<>();
  private volatile boolean ended;

  private record Watch(String path, WatchBody body) {}

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    HttpUrl asked = request.getUrl();
    if (asked.queryParameter("watch") == null) {
      return answer(asked);
    }
    WatchBody watch = new WatchBody();
    watches.add(new Watch(asked.encodedPath(), watch));
    if (ended) {
      watch.end();
    }
    return new MockResponse.Builder().body((MockResponseBody) watch).build();
  }

  /** To all that is no watch. */
  abstract MockResponse answer(HttpUrl asked);

  static MockResponse list(String items) {
    return new MockResponse.Builder()
        .body("{\"metadata\": {\"resourceVersion\": \"20\"}, \"items\": [%s]}".formatted(items))
        .build();
  }

  /**
   * Those, too, that are asked for a moment later: the server can't be closed while one is open.
   */
  final void endWatches() {
    ended = true;
    endWatches("");
  }

  /** Those open now of collections whose path ends so. */
  final void endWatches(String path) {
    watches.stream()
        .filter(watch -> watch.path().endsWith(path))
        .forEach(watch -> watch.body().end());
  }
}
