package dev.reprise.verdict;

/** How a pod is at the moment of the comparison. */
enum Behaviour {
  Available("Running", true, ""),
  /** Ready, but not yet for {@code minReadySeconds}. */
  JustReady("Running", true, ""),
  NotReady("Running", false, ""),
  CrashLoop("Running", false, "CrashLoopBackOff"),
  ImagePull("Pending", false, "ImagePullBackOff"),
  /** Deleted, still within its grace period, and as ready as before. */
  Terminating("Running", true, ""),
  /** Ended for good, as a pod that its node has evicted. */
  Ended("Failed", false, "");

  private final String phase;
  private final boolean ready;
  private final String waiting;

  Behaviour(String phase, boolean ready, String waiting) {
    this.phase = phase;
    this.ready = ready;
    this.waiting = waiting;
  }

  boolean isReady() {
    return ready;
  }

  /** A pod's status as a kubelet would write it. */
  String status() {
    String containers =
        waiting.isEmpty()
            ? "[]"
            : "[{name: app, image: 'example.com/app:1', imageID: '', ready: false, restartCount: 0,"
                + " state: {waiting: {reason: "
                + waiting
                + ", message: 'held there'}}}]";
    return "{status: {phase: %s, conditions: [{type: Ready, status: '%s'}], containerStatuses: %s}}"
        .formatted(phase, ready ? "True" : "False", containers);
  }
}
