package dev.reprise.restart;

/** Where a Restart lives. */
public record RestartKey(String namespace, String name) {

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
