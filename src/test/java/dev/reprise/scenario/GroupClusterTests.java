package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static dev.reprise.scenario.Manifest.statefulSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Groups of workloads. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupClusterTests {

  private Service service;
  private Caller caller;
  private Workloads workloads;
  private String namespace;

  @BeforeAll
  void start(TestCluster cluster, Namespace own) {
    service = Service.start(cluster, own);
    caller = service.caller();
    workloads = new Workloads(own);
    namespace = own.name();
  }

  @AfterAll
  void stop() {
    if (service != null) {
      service.close();
    }
  }

  @Test
  void restartsWhatKubectlSelectsByTheSameSelector() {
    create("sel", "sel-a", "sel-b", "sel-c");
    workloads.kubectl("label", "deployment", "sel-b", "tier=cache");
    String selector = "test-group=sel,tier notin (cache)";
    List<String> selected =
        List.of(
            workloads
                .kubectl(
                    "get",
                    "deployments",
                    "-l",
                    selector,
                    "-o",
                    "jsonpath={.items[*].metadata.name}")
                .split(" "));

    Answer ended = restart("{\"selector\": \"%s\"}".formatted(selector));

    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
    assertThat(namesOf(ended))
        .containsExactlyElementsOf(selected)
        .containsExactly("sel-a", "sel-c");
    assertThat(workloads.replicaSetsOf("sel-a")).hasSize(2);
    assertThat(workloads.replicaSetsOf("sel-b")).hasSize(1);
    assertThat(workloads.replicaSetsOf("sel-c")).hasSize(2);
  }

  @Test
  void restartsARolloutAndTheDeploymentThatItRefersToOnce() {
    workloads.createReferring("pair-b", deployment("pair-a"), 2, "{canary: {}}");
    label("pair", "rollout", "pair-b");
    workloads.kubectl("label", "deployment", "pair-a", "test-group=pair");

    Answer ended = restart("{\"selector\": \"test-group=pair\", \"strategy\": \"NewRevision\"}");

    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
    assertThat(namesOf(ended)).containsExactly("pair-b");
    assertThat(workloads.revisionOf("pair-b")).isEqualTo("2");
  }

  @Test
  void restartsNoMoreAtOnceThanAsked() {
    createSlow("pace", "pace-a", "pace-b", "pace-c", "pace-d", "pace-e");

    Answer ended = restart("{\"selector\": \"test-group=pace\", \"maxParallel\": 2}");

    assertThat(ended.text("phase")).isEqualTo("Succeeded");
    assertThat(ended.number("counts", "succeeded")).isEqualTo(5);
    assertThat(mostAtOnce(membersOf(ended))).isEqualTo(2);
  }

  @Test
  void restartsWhateverUsesASecret() {
    create("uses", "uses-env", "uses-other");
    workloads.kubectl(
        "patch",
        "deployment",
        "uses-env",
        "--patch={\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"app\",\"envFrom\":"
            + "[{\"secretRef\":{\"name\":\"rotated\"}}]}]}}}}");
    workloads.awaitAvailable("Deployment", "uses-env", 1);

    Answer ended = restart("{\"uses\": {\"secret\": \"rotated\"}, \"whenBusy\": \"Wait\"}");

    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
    assertThat(namesOf(ended)).containsExactly("uses-env");
  }

  @Test
  void restartsNothingWhereOneWouldBeRefused() {
    create("refused", "refused-a");
    createSingle("refused", "refused-set");

    Answer refused = post("{\"selector\": \"test-group=refused\"}");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("code")).isEqualTo("MembersRefused");
    assertThat(refused.body().at("/refused/0/name").asString("")).isEqualTo("refused-set");
    assertThat(workloads.replicaSetsOf("refused-a")).hasSize(1);
    assertThat(post(refused.body().at("/alternatives/0/request").toString()).status())
        .isEqualTo(202);
  }

  @Test
  void leavesOutWhatWouldBeRefusedWhenAskedTo() {
    create("skip", "skip-a");
    createSingle("skip", "skip-set");

    Answer ended = restart("{\"selector\": \"test-group=skip\", \"skipRefused\": true}");

    assertThat(ended.text("phase")).isEqualTo("Succeeded");
    assertThat(namesOf(ended)).containsExactly("skip-a");
    assertThat(ended.body().at("/skipped/0/reason").asString("")).isEqualTo("CertainDowntime");
  }

  @Test
  void refusesASelectorThatSelectsNothing() {
    Answer refused = post("{\"selector\": \"test-group=nobody\"}");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("code")).isEqualTo("NothingSelected");
  }

  @Test
  void stopsAtTheFirstFailure() {
    create("stop", "stop-b", "stop-c");
    createStuck("stop", "stop-a");

    Answer ended =
        restart("{\"selector\": \"test-group=stop\", \"maxParallel\": 1, \"timeout\": \"PT5S\"}");

    assertThat(ended.text("phase")).isEqualTo("Failed");
    assertThat(ended.text("reason")).isEqualTo("MembersFailed");
    assertThat(ended.text("message")).contains("stop-a", "Timeout");
    assertThat(ended.number("counts", "failed")).isEqualTo(1);
    assertThat(ended.number("counts", "waiting")).isEqualTo(2);
    assertThat(workloads.replicaSetsOf("stop-b")).hasSize(1);
  }

  @Test
  void goesOnAfterAFailureWhenAskedTo() {
    create("goon", "goon-b", "goon-c");
    createStuck("goon", "goon-a");

    Answer ended =
        restart(
            "{\"selector\": \"test-group=goon\", \"maxParallel\": 1, \"timeout\": \"PT20S\","
                + " \"onFailure\": \"Continue\"}");

    assertThat(ended.text("phase")).isEqualTo("Failed");
    assertThat(ended.number("counts", "failed")).isEqualTo(1);
    assertThat(ended.number("counts", "succeeded")).isEqualTo(2);
  }

  @Test
  void cancelsTheOthersAfterAFailureWhenAskedTo() {
    createStuck("undo", "undo-a");
    createStuck("undo", "undo-b");
    Answer begun = post("{\"selector\": \"test-group=undo\", \"onFailure\": \"Cancel\"}");
    // One that is being made counts as running, and has no Restart to be named yet.
    Answer running =
        caller.awaitUntil(
            begun.location(), answer -> answer.body().at("/members/0").has("restart"));
    String failing = running.body().at("/members/0/restart").asString("");
    caller.triggered(new Answer(202, begun.headers(), caller.get(restarts(failing)).body()));

    workloads.kubectl("delete", "restart", failing);

    Answer ended = caller.awaitEnd(begun.location());
    assertThat(ended.text("phase")).isEqualTo("Failed");
    assertThat(ended.text("message")).contains("was deleted");
    assertThat(ended.number("counts", "cancelled")).isEqualTo(1);
  }

  @Test
  void isCancelledWithItsMembers() {
    createStuck("regret", "regret-a");
    create("regret", "regret-b");
    Answer begun = post("{\"selector\": \"test-group=regret\", \"maxParallel\": 1}");
    caller.awaitUntil(begun.location(), answer -> running(answer) == 1);

    assertThat(caller.cancel(begun.location()).status()).isEqualTo(202);

    Answer ended = caller.awaitEnd(begun.location());
    assertThat(ended.text("phase")).isEqualTo("Cancelled");
    assertThat(ended.number("counts", "cancelled")).isEqualTo(1);
    assertThat(ended.number("counts", "waiting")).isEqualTo(1);
    assertThat(workloads.replicaSetsOf("regret-b")).hasSize(1);
    assertThat(caller.get(begun.location() + "/result").status()).isEqualTo(409);
  }

  @Test
  void letsThoseThatShareABudgetTakeTurns() {
    createSlow("shared", "shared-a", "shared-b", "shared-c");
    workloads
        .namespace()
        .apply(
"""
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: shared}
spec:
  maxUnavailable: 1
  selector: {matchExpressions: [{key: app, operator: In, values: [shared-a, shared-b, shared-c]}]}
""");
    await()
        .until(() ->
            post("{\"selector\": \"test-group=shared\"}", "?dryRun=All")
                .body()
                .at("/members/0/sharedBudgets/0")
                .asString("")
                .equals("shared"));

    Answer ended = restart("{\"selector\": \"test-group=shared\"}");

    assertThat(ended.text("phase")).isEqualTo("Succeeded");
    assertThat(mostAtOnce(membersOf(ended))).isEqualTo(1);
  }

  @Test
  void keepsOutWhatItsOwnerKeepsOutOfGroups() {
    create("owner", "owner-a", "owner-b");
    workloads.kubectl(
        "annotate", "deployment", "owner-b", "reprise.dev/restart-policy=NeverInGroups");
    await()
        .until(() ->
            !post("{\"selector\": \"test-group=owner\"}", "?dryRun=All")
                .body()
                .toString()
                .contains("\"owner-b\",\"verdict\":\"Proceed\""));

    Answer ended = restart("{\"selector\": \"test-group=owner\"}");

    assertThat(namesOf(ended)).containsExactly("owner-a");
    assertThat(ended.body().at("/skipped/0/reason").asString("")).isEqualTo("NeverInGroups");
  }

  @Test
  void tellsBeforehandWhatBecomesOfEachMember() {
    create("dry", "dry-a");
    createSingle("dry", "dry-set");

    Answer told = post("{\"selector\": \"test-group=dry\"}", "?dryRun=All");

    assertThat(told.status()).isEqualTo(200);
    assertThat(told.text("verdict")).isEqualTo("Refused");
    assertThat(told.body().path("members").valueStream())
        .extracting(
            member -> member.path("name").asString(""),
            member -> member.path("verdict").asString(""))
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("dry-a", "Proceed"),
            org.assertj.core.groups.Tuple.tuple("dry-set", "Refused"));
    assertThat(workloads.replicaSetsOf("dry-a")).hasSize(1);
  }

  @Test
  void tellsBeforehandWhatEachMemberCosts() {
    create("costs", "costs-a");

    JsonNode member =
        post("{\"selector\": \"test-group=costs\"}", "?dryRun=All").body().at("/members/0");

    assertThat(member.path("mechanism").asString("")).isEqualTo("TemplateAnnotation");
    assertThat(member.at("/disruption/desired").asInt()).isPositive();
    assertThat(member.at("/disruption/lowestAvailable").isNumber()).isTrue();
    assertThat(member.path("findings").isArray()).isTrue();
  }

  @Test
  void doesWhatKubectlAsksForAsWell() {
    create("kubectl", "kubectl-a", "kubectl-b");

    workloads
        .namespace()
        .apply(
            "{apiVersion: reprise.dev/v1, kind: Restart, metadata: {name: by-hand},"
                + " spec: {selector: test-group=kubectl}}");

    Answer ended = caller.awaitEnd(restarts("by-hand"));
    assertThat(ended.text("phase")).isEqualTo("Succeeded");
    assertThat(
            workloads.kubectl(
                "get", "restart", "by-hand", "-o", "jsonpath={.status.progress.summary}"))
        .isEqualTo("2/2");
  }

  @Test
  void beginsNotBeforeItsTime() {
    create("later", "later-a");
    Instant time = Instant.now().plusSeconds(5).truncatedTo(ChronoUnit.SECONDS);

    Answer waiting =
        post("{\"selector\": \"test-group=later\", \"notBefore\": \"%s\"}".formatted(time));

    assertThat(waiting.text("reason")).isEqualTo("WaitingForTime");
    Answer ended = caller.awaitEnd(waiting.location());
    assertThat(Instant.parse(ended.text("startedAt"))).isAfterOrEqualTo(time);
    assertThat(ended.text("phase")).isEqualTo("Succeeded");
  }

  @Test
  void isTheSameGroupHoweverOftenItIsAskedForWithTheSameKey() {
    create("again", "again-a");
    String body = "{\"selector\": \"test-group=again\"}";

    Answer first = caller.post(namespace, body, "Idempotency-Key", "again-1");
    caller.awaitEnd(first.location());
    Answer second = caller.post(namespace, body, "Idempotency-Key", "again-1");
    Answer other = caller.post(namespace, "{\"all\": true}", "Idempotency-Key", "again-1");

    assertThat(second.text("name")).isEqualTo(first.text("name"));
    assertThat(other.status()).isEqualTo(422);
    assertThat(workloads.replicaSetsOf("again-a")).hasSize(2);
  }

  @Test
  void streamsItsProgressAsLines() {
    create("lines", "lines-a", "lines-b");
    Answer begun = post("{\"selector\": \"test-group=lines\"}");

    try (Stream<String> lines = caller.lines(begun.location() + "/events", "text/plain")) {
      assertThat(lines.toList().getLast()).contains("successfully restarted: All 2 workloads");
    }
  }

  private static int running(Answer group) {
    return group.number("counts", "running");
  }

  private String restarts(String name) {
    return "/namespaces/" + namespace + "/restarts/" + name;
  }

  private Answer post(String body) {
    return post(body, "");
  }

  private Answer post(String body, String query) {
    return query.isEmpty() ? caller.post(namespace, body) : caller.dryRun(namespace, body);
  }

  private Answer restart(String body) {
    Answer begun = post(body);
    assertThat(begun.status()).as(begun.body().toString()).isEqualTo(202);
    return caller.awaitEnd(begun.location());
  }

  private void create(String group, String... names) {
    create(group, deployment("any"), names);
  }

  /** Whose pods take three seconds to become ready, so that it shows which restart together. */
  private void createSlow(String group, String... names) {
    create(group, deployment("any").pods("ready-after", "3s"), names);
  }

  private void create(String group, Manifest like, String... names) {
    Arrays.stream(names)
        .map(name -> new Manifest(like.kind(), name, 1, like.pods(), like.more()))
        .forEach(manifest -> workloads.namespace().apply(manifest.yaml()));
    Arrays.stream(names).forEach(name -> workloads.awaitAvailable("Deployment", name, 1));
    label(group, "deployment", names);
  }

  /** One whose restart is a certain outage. */
  private void createSingle(String group, String name) {
    workloads.create(statefulSet(name).replicas(1));
    label(group, "statefulset", name);
  }

  /** One whose restart never ends. */
  private void createStuck(String group, String name) {
    workloads.createWell(deployment(name).replicas(1).pods("pod", "never-ready"));
    label(group, "deployment", name);
  }

  /** And waits until the service has heard of it. */
  private void label(String group, String kind, String... names) {
    Arrays.stream(names)
        .forEach(name -> workloads.kubectl("label", kind, name, "test-group=" + group));
    await()
        .until(() ->
            post("{\"selector\": \"test-group=%s\"}".formatted(group), "?dryRun=All")
                .body()
                .path("members")
                .valueStream()
                .map(member -> member.path("name").asString(""))
                .toList()
                .containsAll(List.of(names)));
  }

  private static List<String> namesOf(Answer group) {
    return group
        .body()
        .path("members")
        .valueStream()
        .map(member -> member.path("name").asString(""))
        .toList();
  }

  private List<JsonNode> membersOf(Answer group) {
    return group
        .body()
        .path("members")
        .valueStream()
        .map(member -> caller.get(restarts(member.path("restart").asString(""))).body())
        .toList();
  }

  /** How many of them were under way at one moment, by the times that they tell. */
  private static long mostAtOnce(List<JsonNode> restarts) {
    return restarts.stream()
        .mapToLong(one ->
            restarts.stream().filter(other -> isUnderWayAt(other, time(one, "startedAt"))).count())
        .max()
        .orElse(0);
  }

  /** Begun by then, in whole seconds, and not ended. */
  private static boolean isUnderWayAt(JsonNode restart, Instant time) {
    return !time(restart, "startedAt").isAfter(time)
        && time(restart, "finishedAt").isAfter(time.plusSeconds(1));
  }

  private static Instant time(JsonNode restart, String field) {
    return Instant.parse(restart.path(field).asString(""));
  }
}
