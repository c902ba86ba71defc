package dev.reprise.cluster;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.reprise.cluster.ApiRequest.Verb;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the API server. Objects are raw JSON, so that no field is lost that this version of
 * the client does not know. Every method may be called by any thread, blocks, makes a request again
 * where {@link Repetition} allows it, and throws {@link ApiFailure} when it stays without success.
 */
final class KubernetesApi {

  private final ApiTransport transport;
  private final Timing timing;
  private final Settings settings;

  private record Settings(
      String fieldManager, int pageSize, Duration deadline, boolean dryRun, boolean strict) {}

  KubernetesApi(ApiConnection.Source source, KubernetesProperties properties, Timing timing) {
    this(
        new ApiTransport(source),
        timing,
        new Settings(
            properties.fieldManager(), properties.pageSize(), properties.deadline(), false, false));
  }

  private KubernetesApi(ApiTransport transport, Timing timing, Settings settings) {
    this.transport = transport;
    this.timing = timing;
    this.settings = settings;
  }

  /** The same, each call of which ends after this time, waiting for the server included. */
  KubernetesApi within(Duration deadline) {
    return new KubernetesApi(
        transport,
        timing,
        new Settings(
            settings.fieldManager, settings.pageSize, deadline, settings.dryRun, settings.strict));
  }

  /** The same, but its writes only tell what they would do. */
  KubernetesApi dryRun() {
    return new KubernetesApi(
        transport,
        timing,
        new Settings(
            settings.fieldManager, settings.pageSize, settings.deadline, true, settings.strict));
  }

  /** The same, but a write with a field that the API server does not know is refused with 400. */
  KubernetesApi strict() {
    return new KubernetesApi(
        transport,
        timing,
        new Settings(
            settings.fieldManager, settings.pageSize, settings.deadline, settings.dryRun, true));
  }

  ApiAnswer get(ApiPath object) {
    return call(new ApiRequest(Verb.Get, object));
  }

  /** The same for an object that no buffer of ours may keep; takes a connection for itself. */
  ApiAnswer getConfidential(ApiPath object) {
    return call(new ApiRequest(Verb.Get, object), transport::exchangeConfidential);
  }

  /**
   * Hands over one object after the other, page by page; nothing is kept here. The objects of a
   * list often lack {@code kind} and {@code apiVersion}.
   *
   * @return the resourceVersion of the whole list, from which a watch can begin
   */
  String list(ApiPath collection, Selection selection, Consumer<JsonObject> objects) {
    ApiRequest first =
        new ApiRequest(Verb.List, collection)
            .selecting(selection)
            .with("limit", Integer.toString(settings.pageSize))
            .with("resourceVersion", selection.isCachedEnough() ? "0" : null);
    String next = null;
    while (true) {
      JsonObject page = call(first.with("continue", next)).body();
      if (page.get("items") instanceof JsonArray items) {
        items.forEach(item -> objects.accept(item.getAsJsonObject()));
      }
      JsonObject metadata = page.getAsJsonObject("metadata");
      next = text(metadata, "continue");
      if (next == null) {
        return metadata.get("resourceVersion").getAsString();
      }
    }
  }

  /** Creates an object, or what a subresource stands for: an eviction, a token. */
  ApiAnswer create(ApiPath path, JsonObject object) {
    return call(write(Verb.Create, path, object));
  }

  /** A POST that stores nothing and may therefore be repeated: a TokenReview, an access review. */
  ApiAnswer review(ApiPath path, JsonObject review) {
    return call(new ApiRequest(Verb.Review, path, Map.of(), review));
  }

  /**
   * A JSON merge patch, which custom resources understand too. With {@code
   * metadata.resourceVersion} in it, it is refused with 409 when the object has changed since.
   */
  ApiAnswer mergePatch(ApiPath object, JsonObject patch) {
    return call(write(Verb.Patch, object, patch));
  }

  /** Puts the object in place of the one there; 409 when its resourceVersion is another. */
  ApiAnswer replace(ApiPath path, JsonObject object) {
    return call(write(Verb.Replace, path, object));
  }

  /**
   * @param uid 409 when the object there has another; null for any
   * @param resourceVersion 409 when the object there has another; null for any
   */
  ApiAnswer delete(ApiPath object, @Nullable String uid, @Nullable String resourceVersion) {
    JsonObject preconditions = new JsonObject();
    if (uid != null) {
      preconditions.addProperty("uid", uid);
    }
    if (resourceVersion != null) {
      preconditions.addProperty("resourceVersion", resourceVersion);
    }
    JsonObject options = new JsonObject();
    options.addProperty("apiVersion", "v1");
    options.addProperty("kind", "DeleteOptions");
    options.add("preconditions", preconditions);
    ApiRequest request = new ApiRequest(Verb.Delete, object, Map.of(), options);
    return call(request.with("dryRun", settings.dryRun ? "All" : null));
  }

  /**
   * Opens a watch, once; whoever reads it decides what to do when it ends.
   *
   * @param lasting how long the API server shall keep it up
   */
  WatchStream watch(
      ApiPath collection, Selection selection, String resourceVersion, Duration lasting) {
    return transport.watch(
        new ApiRequest(Verb.Watch, collection)
            .selecting(selection)
            .with("watch", "true")
            .with("allowWatchBookmarks", "true")
            .with("resourceVersion", resourceVersion)
            .with("timeoutSeconds", Long.toString(lasting.toSeconds())));
  }

  private ApiRequest write(Verb verb, ApiPath path, JsonObject body) {
    return new ApiRequest(verb, path, Map.of(), body)
        .with("fieldManager", settings.fieldManager)
        .with("fieldValidation", settings.strict ? "Strict" : null)
        .with("dryRun", settings.dryRun ? "All" : null);
  }

  private ApiAnswer call(ApiRequest request) {
    return call(request, transport::exchange);
  }

  private ApiAnswer call(ApiRequest request, BiFunction<ApiRequest, Duration, ApiAnswer> exchange) {
    long began = timing.now();
    for (int failures = 1; ; failures++) {
      try {
        return exchange.apply(request, left(began));
      } catch (ApiFailure failure) {
        Duration wait = Repetition.BACKOFF.after(failures, failure.retryAfter(), timing.random());
        if (!Repetition.isAllowed(request, failure) || wait.compareTo(left(began)) >= 0) {
          throw failure;
        }
        await(wait, failure);
      }
    }
  }

  private Duration left(long began) {
    return settings.deadline.minus(timing.since(began));
  }

  private void await(Duration wait, ApiFailure failure) {
    try {
      timing.waiter().await(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure.addSuppressed(e);
      throw failure;
    }
  }

  private static @Nullable String text(JsonObject object, String field) {
    String text = object.get(field) instanceof JsonPrimitive value ? value.getAsString() : "";
    return text.isEmpty() ? null : text;
  }
}
