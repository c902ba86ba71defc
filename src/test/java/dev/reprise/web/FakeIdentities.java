package dev.reprise.web;

import dev.reprise.restart.Caller;
import dev.reprise.security.Identities;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Knows two callers by tokens that are their names. */
final class FakeIdentities implements Identities {

  private @Nullable RuntimeException fault;

  /** From now on questions fail so; null mends them. */
  void fail(@Nullable RuntimeException failure) {
    fault = failure;
  }

  @Override
  public Identity of(String token) {
    if (fault != null) {
      throw fault;
    }
    return List.of("anna", "ben").contains(token)
        ? new Identity.Known(new Caller(token, List.of("devs")))
        : new Identity.Unknown();
  }
}
