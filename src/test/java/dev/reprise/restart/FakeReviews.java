package dev.reprise.restart;

import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rights as a test gives them, to everybody alike: all of them until it says otherwise. */
public final class FakeReviews implements AccessReviews {

  private final Set<Action> allowed = new HashSet<>();
  private final List<Action> asked = new ArrayList<>();
  private boolean isOpen = true;
  private @Nullable RuntimeException fault;

  public synchronized void reset() {
    allowed.clear();
    asked.clear();
    isOpen = true;
    fault = null;
  }

  public synchronized void denyAll() {
    isOpen = false;
    allowed.clear();
  }

  public synchronized void allow(String verb, WorkloadRef workload) {
    allowed.add(new Action(verb, workload.kind(), workload.namespace(), workload.name()));
  }

  /** Every workload of that kind in the namespace. */
  public synchronized void allow(String verb, WorkloadKind kind, String namespace) {
    allowed.add(new Action(verb, kind, namespace, ""));
  }

  /** From now on questions fail so; null mends them. */
  public synchronized void fail(@Nullable RuntimeException failure) {
    fault = failure;
  }

  public synchronized List<Action> asked() {
    return List.copyOf(asked);
  }

  @Override
  public synchronized boolean isAllowed(Caller caller, Action action) {
    asked.add(action);
    if (fault != null) {
      throw fault;
    }
    return isOpen
        || allowed.contains(action)
        || allowed.contains(new Action(action.verb(), action.kind(), action.namespace(), ""));
  }
}
