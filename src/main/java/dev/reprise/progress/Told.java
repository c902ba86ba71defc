package dev.reprise.progress;

/**
 * What somebody who follows a Restart is told.
 *
 * @param <T> what a change is rendered as
 */
public sealed interface Told<T> {

  /**
   * The Restart as it is now; there is no further one when it has finished.
   *
   * @param number higher than that of any change before
   */
  record Changed<T>(Live live, T rendered, long number) implements Told<T> {}

  /** Nothing for as long as was waited. */
  record Quiet<T>() implements Told<T> {}

  /** The Restart was deleted. */
  record Gone<T>() implements Told<T> {}

  /** The service is about to stop; another replica goes on. */
  record Stopping<T>() implements Told<T> {}
}
