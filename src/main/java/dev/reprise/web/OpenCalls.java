package dev.reprise.web;

import dev.reprise.restart.Caller;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Counts the calls that are kept open, which cost memory for as long as they are. */
@Component
class OpenCalls {

  private final StreamProperties limits;
  private final Map<String, Integer> open = new HashMap<>();
  private int total;

  OpenCalls(StreamProperties limits) {
    this.limits = limits;
  }

  /** One open call; closed when it ends. */
  interface Open extends AutoCloseable {
    @Override
    void close();
  }

  /** Empty when this caller, or all together, have as many open as they may. */
  synchronized Optional<Open> enter(Caller caller, String address) {
    // Those whom nobody knows are told apart by where they come from.
    String place = caller.equals(Caller.ANONYMOUS) ? address : "user " + caller.user();
    int ofCaller = open.getOrDefault(place, 0);
    if (total >= limits.total() || ofCaller >= limits.perCaller()) {
      return Optional.empty();
    }
    total++;
    open.put(place, ofCaller + 1);
    return Optional.of(() -> leave(place));
  }

  /** How many there are now. */
  synchronized int count() {
    return total;
  }

  private synchronized void leave(String place) {
    total--;
    open.computeIfPresent(place, (_, count) -> count == 1 ? null : count - 1);
  }
}
