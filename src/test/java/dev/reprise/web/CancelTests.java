package dev.reprise.web;

import static dev.reprise.web.Answers.assertInvalid;
import static dev.reprise.web.Answers.assertProblem;
import static dev.reprise.web.Answers.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.FakeRestarts;
import dev.reprise.restart.FakeWorkloads;
import dev.reprise.restart.HandClock;
import dev.reprise.restart.Phase;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import dev.reprise.rollout.Blocker;
import dev.reprise.rollout.RolloutProgress;
import dev.reprise.workload.Landed;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What a caller is told who cancels a restart. */
@WebTest
@ResourceLock(Resources.SYSTEM_OUT)
@ExtendWith(OutputCaptureExtension.class)
class CancelTests {

  private static final RestartStatus LANDED =
      RestartStatus.NEW.begun(Samples.TRIGGER, HandClock.START).landed(new Landed(2, "ours", null));

  private static final String PATH = "/namespaces/demo/restarts";

  @Autowired private MockMvcTester mvc;
  @Autowired private FakeRestarts store;
  @Autowired private FakeWorkloads workloads;

  @BeforeEach
  void record() {
    store.reset();
    workloads.reset();
    workloads.put(Samples.deployment(3));
    store.put(Samples.key("web-1"), Samples.spec(Samples.WEB), RestartStatus.NEW);
  }

  @Test
  void saysWhereTheRestartIsAndWhenToLook() {
    MvcTestResult answer = cancel("web-1");

    assertThat(answer).hasStatus(202);
    assertThat(answer).headers().hasValue("Location", PATH + "/web-1");
    assertThat(answer).headers().hasValue("Retry-After", "2");
    assertThat(answer).bodyJson().extractingPath("$.cancelRequested").isEqualTo(true);
    assertThat(answer).bodyJson().doesNotHavePath("$.links.cancel");
    assertThat(store.live(Samples.key("web-1")).spec().cancel()).isTrue();
  }

  @Test
  void putsOnRecordWhoCancels(CapturedOutput output) {
    cancel("web-1");

    assertThat(output.getAll().lines().filter(line -> line.contains("is to be cancelled")))
        .singleElement()
        .asString()
        .contains(" audit ", "user=\"system:anonymous\"", "restart=\"demo/web-1\"");
  }

  @Test
  void mayBeRepeated() {
    cancel("web-1");

    assertThat(cancel("web-1")).hasStatus(202);
  }

  @Test
  void answersAsTextToo() {
    MvcTestResult answer =
        mvc.post().uri(PATH + "/web-1/cancel").header("Accept", "text/plain").exchange();

    assertThat(answer).hasStatus(202);
    assertThat(answer).bodyText().containsPattern("Cancel +asked for");
  }

  @Test
  void saysHowLongItWaited() {
    MvcTestResult answer =
        mvc.post().uri(PATH + "/web-1/cancel").header("Prefer", "wait=7").exchange();

    assertThat(answer).hasStatus(202);
    assertThat(answer).headers().hasValue("Preference-Applied", "wait=7");
  }

  @Test
  void isLinkedWhileThereIsSomethingToCancel() {
    MvcTestResult before = mvc.get().uri(PATH + "/web-1").exchange();
    finish(Phase.Succeeded);
    MvcTestResult after = mvc.get().uri(PATH + "/web-1").exchange();

    assertThat(text(before, "$.links.cancel")).isEqualTo(PATH + "/web-1/cancel");
    assertThat(after).bodyJson().doesNotHavePath("$.links.cancel");
  }

  @ParameterizedTest
  @CsvSource({"Succeeded", "Failed", "Cancelled", "Superseded"})
  void refusesWhatHasEnded(Phase phase) {
    finish(phase);

    MvcTestResult answer = cancel("web-1");

    assertProblem(answer, 409, "AlreadyFinished");
    assertThat(text(answer, "$.restart.phase")).isEqualTo(phase.name());
    assertThat(text(answer, "$.detail")).contains(phase.name(), "Why", "How it ended");
    assertThat(store.live(Samples.key("web-1")).spec().cancel()).isFalse();
  }

  @Test
  void saysHowToGoBackFromANewRevisionThatIsInPlace() {
    end(LANDED.finished(Phase.Succeeded, "Why", "How it ended", HandClock.START));

    assertThat(text(cancel("web-2"), "$.detail"))
        .endsWith(
            ". To go back to the revision before: kubectl rollout undo deployment/web -n demo");
  }

  @Test
  void saysTheNextStepWhereTheControllerGaveUp() {
    Blocker verdict =
        new Blocker("ProgressDeadlineExceeded", "Deployment web", "It is late", "kubectl history");
    end(
        LANDED
            .progressing(
                "PodsUpdating", "On", new RolloutProgress(3, 3, 1, 2, 2), 2, List.of(verdict))
            .finished(Phase.Failed, "ProgressDeadlineExceeded", verdict.words(), HandClock.START));

    assertThat(text(cancel("web-2"), "$.detail")).endsWith(". The next step: kubectl history");
  }

  private void end(RestartStatus status) {
    store.put(Samples.key("web-2"), Samples.spec(Samples.WEB), LANDED);
    store.updateStatus(store.live(Samples.key("web-2")), status);
  }

  @Test
  void knowsNoSuchRestart() {
    assertProblem(cancel("web-9"), 404, "RestartNotFound");
  }

  @Test
  void refusesWhatCannotBeAName() {
    assertInvalid(cancel("Web"), "name");
  }

  @Test
  void saysThatNothingChangedWhenTheClusterCouldNotBeAsked() {
    store.failLiveReads(new ClusterUnavailable("Silent", false, null, null));

    MvcTestResult answer = cancel("web-1");

    assertProblem(answer, 503, "ClusterUnavailable");
    assertThat(text(answer, "$.detail")).contains("Nothing was changed");
  }

  private void finish(Phase phase) {
    store.updateStatus(
        store.live(Samples.key("web-1")),
        RestartStatus.NEW.finished(phase, "Why", "How it ended", HandClock.START));
  }

  private MvcTestResult cancel(String name) {
    return mvc.post().uri(PATH + "/" + name + "/cancel").exchange();
  }
}
