package dev.reprise.scenario;

/**
 * What became of restarts, told by what the controllers made of them and never by our own records.
 *
 * @param asked how many were accepted, each under a key of its own
 * @param carriedOut how many there were in the end
 * @param doubled those beyond what was asked for
 * @param lost those that were accepted and never made
 */
record Tally(int asked, int carriedOut, int doubled, int lost) {

  static final Tally NONE = new Tally(0, 0, 0, 0);

  /** Of one workload: so many were asked for, and so many revisions came. */
  static Tally of(int asked, int made) {
    return new Tally(asked, made, Math.max(0, made - asked), Math.max(0, asked - made));
  }

  Tally plus(Tally other) {
    return new Tally(
        asked + other.asked,
        carriedOut + other.carriedOut,
        doubled + other.doubled,
        lost + other.lost);
  }

  boolean isExactlyOnce() {
    return doubled == 0 && lost == 0;
  }
}
