package dev.reprise.web;

/** How the parameters that several calls have are described in the OpenAPI document. */
final class ApiParameters {

  static final String NAMESPACE = "The namespace of the workload";

  static final String NAME =
      "The name of the restart, as the answer to the POST gave it; not that of the workload";

  static final String PREFER =
      "`wait=30` holds the answer back until the restart has ended, 30 s at most; 50 is the longest";

  static final String IDEMPOTENCY_KEY =
      """
      Any text of yours, for instance the number of a build. The same request under the same key \
      is the same restart, however often it is sent\
      """;

  static final String DRY_RUN =
      """
      `All` changes nothing: the answer is the plan, and what the API server says of each request \
      that the restart would send. An `Idempotency-Key` is then not looked at, nor used up\
      """;

  private ApiParameters() {}
}
