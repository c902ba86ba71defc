package dev.reprise.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What callers get, as tests look at it. */
final class Answers {

  private Answers() {}

  static void assertProblem(MvcTestResult answer, int status, String code) {
    assertThat(answer).hasStatus(status);
    assertThat(answer).headers().hasValue("Content-Type", "application/problem+json");
    assertThat(answer).bodyJson().extractingPath("$.code").isEqualTo(code);
    assertThat(answer).bodyJson().extractingPath("$.status").isEqualTo(status);
    assertThat(answer)
        .bodyJson()
        .extractingPath("$.type")
        .asString()
        .matches("https://reprise\\.dev/problems/[a-z-]+");
    assertThat(answer).bodyJson().extractingPath("$.title").asString().isNotBlank();
    assertThat(answer).bodyJson().extractingPath("$.detail").asString().isNotBlank();
  }

  static void assertInvalid(MvcTestResult answer, String field) {
    assertProblem(answer, 400, "InvalidRequest");
    assertThat(answer).bodyJson().extractingPath("$.field").isEqualTo(field);
    assertThat(answer).bodyText().doesNotContain("dev.reprise.", "java.lang");
  }

  static String text(MvcTestResult answer, String field) {
    return com.jayway.jsonpath.JsonPath.read(body(answer), field);
  }

  static String body(MvcTestResult answer) {
    try {
      return answer.getResponse().getContentAsString();
    } catch (java.io.UnsupportedEncodingException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
