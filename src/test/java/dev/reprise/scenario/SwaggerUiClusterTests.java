package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A person restarts a Deployment in Swagger UI, in a real browser. */
@ClusterTest
@EnabledIf(
    value = "dev.reprise.scenario.Browser#isThereOrRequired",
    disabledReason = Browser.MISSING)
class SwaggerUiClusterTests {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String START = "#operations-Restarts-startRestart";
  private static final String GET = "#operations-Restarts-getRestart";
  private static final String RESPONSE = " .live-responses-table tr.response ";

  @AutoClose private @Nullable Browser browser;
  @AutoClose private @Nullable Service service;
  private String namespace;

  private void openThePage(TestCluster cluster, Namespace own, String... arguments) {
    browser = Browser.open();
    service = Service.start(cluster, own, arguments);
    namespace = own.name();
    new Workloads(own).create(deployment("basket"));
    browser.goTo(service.address().resolve("/swagger-ui.html"));
  }

  @AfterEach
  void keepTheLastSight(TestInfo test) {
    if (browser != null) {
      String name = test.getTestMethod().orElseThrow().getName();
      browser.keepScreenshot(Path.of("target", "swagger-ui-" + name + ".png"));
    }
  }

  @Test
  void restartsWithTheTokenThatWasPasted(TestCluster cluster, Namespace own) {
    openThePage(cluster, own, "--reprise.authentication.mode=kubernetes");
    Account.create(
        own, "clerk", "- {apiGroups: [apps], resources: [deployments], verbs: [restart]}");

    browser.click(".scheme-container button.authorize");
    browser.fill(".auth-container input", Account.token(own, "clerk", "--audience=reprise"));
    browser.click(".auth-btn-wrapper button.authorize");
    browser.click(".auth-btn-wrapper button.btn-done");
    start();

    assertThat(status(START)).isEqualTo("202");
    assertThat(answer(START).path("requestedBy").asString(""))
        .isEqualTo("system:serviceaccount:" + namespace + ":clerk");
  }

  @Test
  void isToldWithoutATokenThatItTakesOne(TestCluster cluster, Namespace own) {
    openThePage(cluster, own, "--reprise.authentication.mode=kubernetes");

    start();

    assertThat(status(START)).isEqualTo("401");
    assertThat(answer(START).path("code").asString("")).isEqualTo("Unauthorized");
  }

  @Test
  void makesARestartAndFollowsItToItsEnd(TestCluster cluster, Namespace own) {
    openThePage(cluster, own);

    start();

    assertThat(status(START)).isEqualTo("202");
    String name = answer(START).path("name").asString("");
    assertThat(name).startsWith("basket-");

    tryOut(GET);
    browser.fill(GET + " tr[data-param-name=namespace] input", namespace);
    browser.fill(GET + " tr[data-param-name=name] input", name);

    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> {
          browser.click(GET + " .execute");
          assertThat(status(GET)).isEqualTo("200");
          assertThat(answer(GET).path("name").asString("")).isEqualTo(name);
          assertThat(answer(GET).path("phase").asString("")).isEqualTo("Succeeded");
        });
    assertThat(browser.shows(".errors-wrapper")).isFalse();
  }

  private void start() {
    tryOut(START);
    browser.fill(START + " tr[data-param-name=namespace] input", namespace);
    browser.fill(START + " textarea", "{\"kind\": \"Deployment\", \"name\": \"basket\"}");
    browser.click(START + " .execute");
  }

  private void tryOut(String operation) {
    browser.click(operation + " .opblock-summary-control");
    browser.click(operation + " .try-out__btn");
  }

  private String status(String operation) {
    return browser.read(operation + RESPONSE + ".response-col_status");
  }

  private JsonNode answer(String operation) {
    return JSON.readTree(browser.read(operation + RESPONSE + ".highlight-code code"));
  }
}
