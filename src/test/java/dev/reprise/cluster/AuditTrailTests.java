package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.reprise.restart.Caller;
import dev.reprise.restart.GroupStatus;
import dev.reprise.restart.HandClock;
import dev.reprise.restart.OnFailure;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import dev.reprise.restart.RestartSpec;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ResourceLock(Resources.SYSTEM_OUT)
@ExtendWith(OutputCaptureExtension.class)
class AuditTrailTests {

  private static final Caller ALICE = new Caller("alice", List.of("developers"));

  private final FakeApiServer server = new FakeApiServer();
  private final AuditTrail trail =
      new AuditTrail(server.api(new HandTiming().timing()), "reprise-0");

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void writesAnEventWhenARestartEnds() throws Exception {
    server.answer(201, "{}");

    trail.tell(pending(ALICE, "new certificate"), failed(ALICE, "new certificate"));

    JsonObject event = JsonParser.parseString(server.request().getBody().utf8()).getAsJsonObject();
    assertThat(event.get("reason").getAsString()).isEqualTo("RestartFailed");
    assertThat(event.get("type").getAsString()).isEqualTo("Warning");
    assertThat(event.getAsJsonObject("metadata").get("name").getAsString())
        .isEqualTo("u-1.restartfailed");
    assertThat(event.get("note").getAsString())
        .isEqualTo("Restart web-7k2m9x, asked for by alice (new certificate): It is busy");
    assertThat(event.get("eventTime").getAsString()).matches(".*\\.\\d{6}Z");
  }

  @Test
  void tellsOfNothingButAnotherPhase() throws Exception {
    Restart pending = pending(ALICE, null);

    trail.tell(pending, pending.with(RestartStatus.NEW.waitingForPlace("there are 500")));
    trail.tell(pending, failed(ALICE, null));

    assertThat(server.request().getBody().utf8()).contains("RestartFailed");
    assertThat(server.requestCount()).isEqualTo(1);
  }

  @Test
  void tellsNothingOfWhatOnlyNotesTheConfiguration(CapturedOutput output) throws Exception {
    Restart baseline = with(Samples.reload(1, true), RestartStatus.NEW);

    trail.tell(baseline, failed(baseline));
    trail.tell(pending(ALICE, null), failed(ALICE, null));

    assertThat(server.request().getBody().utf8()).contains("alice");
    assertThat(server.requestCount()).isEqualTo(1);
    assertThat(output.getAll()).doesNotContain("system:reprise:reload");
  }

  /** kubectl describe shows an Event of a workload by its uid. */
  @Test
  void tellsWhichWorkloadWasNotRestartedForItsConfiguration() throws Exception {
    server.answer(201, "{}");
    Restart refused = with(Samples.reload(1, false), RestartStatus.NEW);

    trail.tell(refused, failed(refused));

    assertThat(server.request().getBody().utf8()).contains("\"uid\":\"uid-web\"");
  }

  /** Each of its members tells of itself in an Event. */
  @Test
  void tellsOfAGroupInTheLog(CapturedOutput output) {
    RestartGroup group =
        new RestartGroup(
            Samples.key("all"),
            "u-2",
            "1",
            HandClock.START,
            Samples.all(5, OnFailure.Stop, null),
            GroupStatus.NEW);

    trail.tell(group, group.with(group.status().begun(List.of(), List.of(), HandClock.START)));

    assertThat(output.getAll())
        .contains(
            "A group has come to another phase", "phase=\"Progressing\"", "restart=\"demo/all\"");
  }

  @Test
  void goesOnWithoutAnEventAndNamesTheRight(CapturedOutput output) throws Exception {
    server.refuse(403, "Forbidden", "cannot create resource events");

    trail.tell(pending(ALICE, null), failed(ALICE, null));

    server.request();
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> output.getAll().contains("cannot create resource events"));
  }

  @Test
  void letsNobodyForgeALineOrColourATerminal(CapturedOutput output) throws Exception {
    server.answer(201, "{}");
    String evil =
        "x\r\n2026-11-24 INFO audit forged\u001b[31m\u009b31m\u2028\u202e\" phase=\"Succeeded";
    Caller mallory = new Caller("mallory" + evil, List.of("group" + evil));

    trail.tell(pending(mallory, evil), failed(mallory, evil));

    String note =
        JsonParser.parseString(server.request().getBody().utf8())
            .getAsJsonObject()
            .get("note")
            .getAsString();
    String line =
        output.getAll().lines().filter(text -> text.contains("mallory")).findFirst().orElseThrow();
    for (String text : List.of(note, line)) {
      assertThat(text).contains("forged").doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    }
    assertThat(line).contains("phase=\"Failed\"").doesNotContain("phase=\"Succeeded\"");
    assertThat(output.getAll().lines()).noneMatch(text -> text.startsWith("2026-11-24 INFO"));
  }

  @Test
  void cutsANoteThatTheApiServerWouldRefuse() throws Exception {
    server.answer(201, "{}");
    String much = "ü€😀".repeat(300);

    trail.tell(pending(ALICE, much), failed(ALICE, much));

    String note =
        JsonParser.parseString(server.request().getBody().utf8())
            .getAsJsonObject()
            .get("note")
            .getAsString();
    assertThat(note.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1018, 1024);
    assertThat(note).endsWith("…").doesNotContain("\uFFFD");
  }

  private static Restart pending(Caller caller, String reason) {
    RestartSpec like = Samples.spec(Samples.WEB);
    return with(
        new RestartSpec(
            like.target(),
            like.strategy(),
            reason,
            false,
            like.whenBusy(),
            null,
            like.timeout(),
            caller,
            null,
            null,
            false),
        RestartStatus.NEW);
  }

  private static Restart with(RestartSpec spec, RestartStatus status) {
    return new Restart(Samples.key("web-7k2m9x"), "u-1", "1", HandClock.START, spec, status);
  }

  private static Restart failed(Caller caller, String reason) {
    return failed(pending(caller, reason));
  }

  private static Restart failed(Restart restart) {
    return restart.with(
        RestartStatus.NEW.finished(Phase.Failed, "Busy", "It is busy", HandClock.START));
  }
}
