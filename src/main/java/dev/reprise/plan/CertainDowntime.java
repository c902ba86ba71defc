package dev.reprise.plan;

/** What becomes of a request whose restart leaves nothing available for a while, for certain. */
public enum CertainDowntime {
  /** It is refused unless the caller accepts downtime. */
  Refuse,
  /** It is carried out, with a warning. */
  Warn
}
