package dev.reprise.verdict;

/**
 * A pod that was laid down.
 *
 * @param place its ordinal in a StatefulSet, its node in a DaemonSet
 */
record LaidPod(String name, Made revision, int place, Behaviour behaviour) {

  boolean isTerminating() {
    return behaviour == Behaviour.Terminating;
  }

  boolean isCounted() {
    return !isTerminating() && behaviour != Behaviour.Ended;
  }

  boolean isReady() {
    return behaviour.isReady();
  }

  boolean isAvailable() {
    return isReady() && behaviour != Behaviour.JustReady;
  }

  LaidPod as(Behaviour other) {
    return new LaidPod(name, revision, place, other);
  }
}
