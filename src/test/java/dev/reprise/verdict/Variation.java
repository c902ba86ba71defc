package dev.reprise.verdict;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What differs between two situations of the same moment.
 *
 * @param part so many of the pods, at least one and, where there are two, not all
 * @param trouble of the pods that are not well
 * @param limits fields of the spec that say how pods are replaced
 */
record Variation(int replicas, int part, Behaviour trouble, String limits) {

  private static final int MOST = 5;
  private static final List<Behaviour> TROUBLE =
      List.of(Behaviour.NotReady, Behaviour.CrashLoop, Behaviour.ImagePull);

  static Variation any(int atLeast, List<String> limits, RandomGenerator random) {
    int replicas = random.nextInt(atLeast, MOST + 1);
    return new Variation(
        replicas,
        random.nextInt(1, Math.max(2, replicas)),
        oneOf(TROUBLE, random),
        oneOf(limits, random));
  }

  private static <T> T oneOf(List<T> all, RandomGenerator random) {
    return all.get(random.nextInt(all.size()));
  }

  @Override
  public String toString() {
    return "%d pods, %d of them, %s, %s".formatted(replicas, part, trouble, limits);
  }
}
