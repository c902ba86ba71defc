package dev.reprise.bench;

import dev.reprise.scenario.ApiProxy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Requests to the API server, counted.
 *
 * @param kinds how many of each, watches included
 */
record Requests(int requests, int watches, int ofRestarts, Map<String, Integer> kinds) {

  /** Those for the Lease are left out: they come and go with time, whatever is restarted. */
  static Requests of(List<ApiProxy.Request> all) {
    Map<String, Integer> kinds = new TreeMap<>();
    int watches = 0;
    int ofRestarts = 0;
    int requests = 0;
    for (ApiProxy.Request request : all) {
      String kind = kindOf(request);
      if (kind.contains("leases")) {
        continue;
      }
      kinds.merge(kind, 1, Integer::sum);
      if (kind.startsWith("WATCH")) {
        watches++;
      } else {
        requests++;
        ofRestarts += kind.contains("restarts") ? 1 : 0;
      }
    }
    return new Requests(requests, watches, ofRestarts, kinds);
  }

  /** Such as {@code GET deployments}, {@code LIST pods}, {@code PATCH restarts/status}. */
  private static String kindOf(ApiProxy.Request request) {
    String[] parts = request.path().split("\\?");
    String[] path = parts[0].split("/namespaces/[^/]+/")[1].split("/");
    String method = request.method();
    if (parts.length > 1 && parts[1].contains("watch=")) {
      method = "WATCH";
    } else if (method.equals("GET") && path.length == 1) {
      method = "LIST";
    }
    return method + " " + path[0] + (path.length > 2 ? "/" + path[2] : "");
  }
}
