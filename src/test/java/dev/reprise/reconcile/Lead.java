package dev.reprise.reconcile;

import dev.reprise.restart.Leadership;

/** The lead, had and lost by hand. */
final class Lead implements Leadership {

  private boolean had = true;

  void lose() {
    had = false;
  }

  @Override
  public boolean isLeader() {
    return had;
  }

  @Override
  public void whileLeading(Work work) {
    throw new UnsupportedOperationException();
  }
}
