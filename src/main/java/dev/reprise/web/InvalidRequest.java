package dev.reprise.web;

/** The request is malformed: which field, and what is wrong with it. */
final class InvalidRequest extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;

  InvalidRequest(String field, String message) {
    super(message);
    this.field = field;
  }

  String field() {
    return field;
  }
}
