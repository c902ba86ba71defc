package dev.reprise.restart;

/**
 * What became of a create.
 *
 * @param <T> what was to be created
 */
public sealed interface Created<T extends AnyRestart> {

  /** This very call created it. */
  record New<T extends AnyRestart>(T restart) implements Created<T> {}

  /** The name was taken before, or a lost answer hides that it was not. */
  record Present<T extends AnyRestart>(AnyRestart there) implements Created<T> {}
}
