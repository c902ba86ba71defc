package dev.reprise.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What callers need to be allowed.
 *
 * @param verb Verb on a workload that lets a caller restart it: "restart", which stands for that
 *     alone, or "patch", which everybody has who may edit the workload anyway.
 */
@ConfigurationProperties("reprise.authorization")
public record AuthorizationProperties(@DefaultValue("restart") String verb) {

  public AuthorizationProperties {
    if (verb.isBlank()) {
      throw new IllegalArgumentException("verb must not be empty");
    }
  }
}
