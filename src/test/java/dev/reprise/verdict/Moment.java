package dev.reprise.verdict;

import java.util.function.Consumer;

/**
 * Where a workload is on its way through a restart.
 *
 * @param text as docs/verdicts.md calls it
 * @param atLeast the fewest replicas that it takes
 * @param layout brings a workload there
 */
record Moment<S>(String text, int atLeast, Consumer<S> layout) {

  static <S> Moment<S> moment(String text, Consumer<S> layout) {
    return new Moment<>(text, 1, layout);
  }

  /** One that takes two pods, since some of them are treated otherwise. */
  static <S> Moment<S> ofSeveral(String text, Consumer<S> layout) {
    return new Moment<>(text, 2, layout);
  }
}
