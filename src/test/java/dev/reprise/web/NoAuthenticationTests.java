package dev.reprise.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** The mode none, which the tests run with. */
@WebTest
class NoAuthenticationTests {

  @Autowired private MockMvcTester mvc;

  @ParameterizedTest
  @ValueSource(strings = {"/restarts", "/nowhere", "/namespaces/demo/restarts/nowhere"})
  void isToldInEveryAnswer(String path) {
    assertThat(mvc.get().uri(path).exchange()).headers().hasValue("Reprise-Authentication", "none");
  }
}
