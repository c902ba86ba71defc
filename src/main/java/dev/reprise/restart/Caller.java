package dev.reprise.restart;

import java.util.List;

/** Who asks. */
public record Caller(String user, List<String> groups) {

  /** The name Kubernetes itself gives to someone it does not know. */
  public static final Caller ANONYMOUS =
      new Caller("system:anonymous", List.of("system:unauthenticated"));

  public Caller {
    groups = List.copyOf(groups);
  }
}
