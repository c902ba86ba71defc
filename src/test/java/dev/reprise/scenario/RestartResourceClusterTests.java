package dev.reprise.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.testcluster.ClusterFailure;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API server lets anyone write into a Restart; no service runs here. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartResourceClusterTests {

  private static final String TRIGGER =
      """
      {"mechanism": "TemplateAnnotation", "value": "2026-11-24T10:00:00Z", "targetUID": "u-1",
       "targetGeneration": 1, "formerTemplateHash": "h-1"}\
      """;

  private Namespace namespace;

  @BeforeAll
  void install(TestCluster cluster, Namespace own) {
    Service.install(cluster);
    namespace = own;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name": "api"}                               | the target can't be changed
          {"kind": "Rollout"}                           | the target can't be changed
          {"strategy": "RecreatePods"}                  | how to restart can't be changed
          {"acceptDowntime": true}                      | how to restart can't be changed
          {"timeout": "PT2H"}                           | how to restart can't be changed
          {"notBefore": "2099-01-01T00:00:00Z"}         | how to restart can't be changed
          {"reason": "another"}                         | who asked and why can't be changed
          {"reason": null}                              | who asked and why can't be changed
          {"requestedBy": {"user": "eve"}}              | who asked and why can't be changed
          {"fingerprint": "f-2"}                        | who asked and why can't be changed
          """)
  void keepsItsSpecAsItWasAsked(String change, String message) {
    create("kept", "{kind: Deployment, name: web, reason: why}");

    assertRefused(() -> patchSpec("kept", change), message);
  }

  @Test
  void canBeCancelledOnceAndForAll() {
    create("cancelled", "{kind: Deployment, name: web}");

    patchSpec("cancelled", "{\"cancel\": true}");

    assertThat(field("cancelled", ".spec.cancel")).isEqualTo("true");
    assertRefused(
        () -> patchSpec("cancelled", "{\"cancel\": false}"), "a cancellation can't be taken back");
    assertRefused(
        () -> patchSpec("cancelled", "{\"cancel\": null}"), "a cancellation can't be taken back");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{kind: Deployment}",
        "{kind: Deployment, all: false}",
        "{kind: Deployment, name: web, all: true}",
        "{kind: Deployment, selector: app=web, all: true}",
        "{selector: app=web, uses: {configMap: settings}}"
      })
  void hasExactlyOneTarget(String spec) {
    assertRefused(
        () -> create("many", spec), "exactly one of name, selector, uses and all must be given");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{kind: Deployment, name: web}",
        "{kind: Deployment, name: web, all: false}",
        "{kind: StatefulSet, name: web, whenBusy: Reject, timeout: PT0.5S}",
        "{kind: Deployment, name: web, whenBusy: Wait}",
        "{kind: Deployment, name: web, whenBusy: Join}",
        "{kind: Deployment, name: web, whenBusy: Supersede}"
      })
  void takesAWorkloadByItsName(String spec) {
    namespace
        .kubectl()
        .run(restart("taken", spec), List.of("create", "--dry-run=server", "-f", "-"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{kinds: [Deployment, Rollout], selector: app=web}",
        "{uses: {secret: password}, maxParallel: 7, onFailure: Cancel}",
        "{all: true, skipRefused: true}",
        "{all: true, notBefore: '2099-01-01T00:00:00Z'}"
      })
  void takesAGroup(String spec) {
    namespace
        .kubectl()
        .run(restart("taken", spec), List.of("create", "--dry-run=server", "-f", "-"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {kind: Deployment, all: true}               | in place of kind
          {kinds: [Deployment], name: web}            | kind is required with name
          {all: true, group: {name: other, uid: u-1}} | not a member of another
          {all: true, maxParallel: 0}                 | maxParallel
          """)
  void refusesAGroupThatMakesNoSense(String spec, String message) {
    assertRefused(() -> create("senseless", spec), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {name: web}                                              | kind is required with name
          {kind: Deployment, kinds: [Rollout], name: web}          | kinds is for groups
          {kind: Pod, name: web}                                   | Unsupported value: "Pod"
          {kind: Deployment, name: web, strategy: Violent}         | Unsupported value: "Violent"
          {kind: Deployment, name: web, whenBusy: Never}           | Unsupported value: "Never"
          {kind: Deployment, name: web, timeout: soon}             | spec.timeout
          {kind: Deployment, name: web, timeout: P999999999D}      | spec.timeout
          {kind: Deployment, name: web, timeout: P1DT}             | does not end with T
          {kind: Deployment, name: web, notBefore: soon}           | spec.notBefore
          {kind: Deployment, name: web, maxParallel: 0}            | spec.maxParallel
          {kind: Deployment, name: 5}                              | spec.name
          {kind: Deployment, name: web, replicas: 3}               | unknown field "spec.replicas"
          {kind: Deployment, name: web, requestedBy: {}}           | spec.requestedBy.user
          {uses: {configMap: a, secret: b}}                        | exactly one of configMap and secret
          """)
  void refusesWhatItsSchemaDoesNotKnow(String spec, String message) {
    assertRefused(() -> create("malformed", spec), message);
  }

  @Test
  void keepsItsTriggerOnceThereIsOne() {
    create("triggered", "{kind: Deployment, name: web}");
    patchStatus("triggered", "merge", "{\"status\": {\"phase\": \"Progressing\"}}");
    patchStatus("triggered", "merge", "{\"status\": {\"trigger\": %s}}".formatted(TRIGGER));

    patchStatus("triggered", "merge", "{\"status\": {\"phase\": \"Succeeded\"}}");

    assertThat(field("triggered", ".status.trigger.value")).isEqualTo("2026-11-24T10:00:00Z");
    assertRefused(
        () ->
            patchStatus(
                "triggered",
                "merge",
                "{\"status\": {\"trigger\": {\"value\": \"2026-11-24T11:00:00Z\"}}}"),
        "a trigger never changes");
    assertRefused(
        () ->
            patchStatus(
                "triggered", "merge", "{\"status\": {\"trigger\": {\"formerValue\": \"x\"}}}"),
        "a trigger never changes");
    assertRefused(
        () -> patchStatus("triggered", "merge", "{\"status\": {\"trigger\": null}}"),
        "a trigger never vanishes");
    assertRefused(
        () -> patchStatus("triggered", "json", "[{\"op\": \"remove\", \"path\": \"/status\"}]"),
        "a trigger never vanishes");
  }

  @Test
  void isFoundUnderItsShortName() {
    create("short", "{kind: Deployment, name: web}");

    assertThat(namespace.kubectl().run("get", "rst", "short", "-o", "name").strip())
        .isEqualTo("restart.reprise.dev/short");
  }

  private void create(String name, String spec) {
    namespace.apply(restart(name, spec));
  }

  private static String restart(String name, String spec) {
    return "{apiVersion: reprise.dev/v1, kind: Restart, metadata: {name: %s}, spec: %s}"
        .formatted(name, spec);
  }

  private void patchSpec(String name, String change) {
    namespace
        .kubectl()
        .run("patch", "restart", name, "--type=merge", "-p", "{\"spec\": %s}".formatted(change));
  }

  private void patchStatus(String name, String type, String patch) {
    namespace
        .kubectl()
        .run("patch", "restart", name, "--subresource=status", "--type=" + type, "-p", patch);
  }

  private String field(String name, String path) {
    return namespace.kubectl().run("get", "restart", name, "-o", "jsonpath={" + path + "}");
  }

  private static void assertRefused(ThrowingCallable write, String message) {
    assertThatThrownBy(write).isInstanceOf(ClusterFailure.class).hasMessageContaining(message);
  }
}
