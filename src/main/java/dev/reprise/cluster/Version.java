package dev.reprise.cluster;

import java.util.Objects;

/** Our own version, for the User-Agent. */
final class Version {

  private Version() {}

  /** As the jar's manifest has it; {@code dev} when not run from one. */
  static String ours() {
    return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "dev");
  }
}
