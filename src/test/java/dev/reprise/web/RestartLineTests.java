package dev.reprise.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.progress.LiveRestart;
import dev.reprise.restart.HandClock;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import dev.reprise.rollout.Blocker;
import dev.reprise.rollout.RolloutProgress;
import dev.reprise.workload.Landed;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartLineTests {

  private static final Blocker CRASH =
      new Blocker(
          "CrashLoopBackOff", "Pod web-1", "Container app: back-off 40s", "kubectl logs web-1");

  @Test
  void waitsAsKubectlDoes() {
    assertThat(lineOf(progressing("PodsUpdating", "New pods made: 1/3", List.of())))
        .isEqualTo("Waiting for deployment \"web\" restart to finish: new pods made: 1/3...");
  }

  @ParameterizedTest
  @CsvSource({
    "Deployment, deployment",
    "StatefulSet, statefulset",
    "DaemonSet, daemonset",
    "ArgoRollout, rollout"
  })
  void callsTheWorkloadAsKubectlDoes(WorkloadKind kind, String word) {
    WorkloadRef workload = new WorkloadRef(kind, "demo", "web");

    assertThat(lineOf(progressing("PodsUpdating", "New pods made: 1/3", List.of()), workload))
        .isEqualTo(
            "Waiting for %s \"web\" restart to finish: new pods made: 1/3...".formatted(word));
  }

  @Test
  void saysThatItIsOnItsWayBack() {
    RestartStatus back =
        RestartStatus.NEW
            .takenBack(new Landed(3, "first", null))
            .progressing(
                "Cancelling",
                "Old pods back: 2/3; new ones left: 1",
                new RolloutProgress(3, 3, 1, 3, 2),
                3,
                List.of());

    assertThat(lineOf(back))
        .isEqualTo(
            "Waiting for deployment \"web\" restart to be cancelled: "
                + "old pods back: 2/3; new ones left: 1...");
  }

  @Test
  void saysOnlyOnceThatItWaits() {
    assertThat(lineOf(RestartStatus.NEW)).isEqualTo("Waiting for the leader to begin...");
  }

  @Test
  void namesTheNextStepWhereSomethingBlocks() {
    assertThat(
            lineOf(
                progressing(
                    "CrashLoopBackOff", "Pod web-1: Container app: back-off 40s", List.of(CRASH))))
        .isEqualTo(
            """
            Waiting for deployment "web" restart to finish: pod web-1: Container app: back-off 40s...
              next: kubectl logs web-1\
            """);
  }

  @Test
  void leavesTheNameOfAKindAsItIs() {
    assertThat(lineOf(progressing("OnDelete", "StatefulSet demo/db: Its update", List.of())))
        .endsWith(" restart to finish: StatefulSet demo/db: Its update...");
  }

  @Test
  void namesWhatBlockedItInTheEnd() {
    RestartStatus failed =
        progressing("CrashLoopBackOff", "Pod web-1", List.of(CRASH))
            .finished(Phase.Failed, "Timeout", "Not finished within PT1H", HandClock.START);

    assertThat(lineOf(failed))
        .isEqualTo(
            """
            error: restart of deployment "web" failed (Timeout): Not finished within PT1H
              Pod web-1: CrashLoopBackOff: Container app: back-off 40s
              next: kubectl logs web-1\
            """);
  }

  @Test
  void endsWithTheWayOutWhereTheControllerGaveUp() {
    Blocker verdict =
        new Blocker("ProgressDeadlineExceeded", "Deployment web", "It is late", "kubectl undo");
    RestartStatus failed =
        progressing("CrashLoopBackOff", "Pod web-1", List.of(CRASH, verdict))
            .finished(
                Phase.Failed,
                "ProgressDeadlineExceeded",
                Blocker.after(verdict.words(), List.of(CRASH, verdict)),
                HandClock.START);

    assertThat(lineOf(failed))
        .isEqualTo(
            """
            error: restart of deployment "web" failed (ProgressDeadlineExceeded): \
            Deployment web: It is late; Pod web-1: CrashLoopBackOff: Container app: back-off 40s
              next: kubectl logs web-1
              next: kubectl undo\
            """);
  }

  @Test
  void takesNoLaterBlockerForTheWayOut() {
    Blocker another = new Blocker("ImagePullBackOff", "Pod web-2", "No image", "kubectl describe");

    assertThat(lineOf(timedOut(CRASH, another)))
        .isEqualTo(
            """
            error: restart of deployment "web" failed (Timeout): Not finished within PT1H; \
            Pod web-1: CrashLoopBackOff: Container app: back-off 40s
              next: kubectl logs web-1\
            """);
  }

  @Test
  void namesTheWayOutOnceWhereNothingElseStoodInTheWay() {
    Blocker verdict = new Blocker("RolloutAborted", "Rollout web", "It was aborted", "undo web");
    RestartStatus failed =
        progressing("StepsRunning", "Step 1", List.of(verdict))
            .finished(Phase.Failed, "RolloutAborted", verdict.words(), HandClock.START);

    assertThat(lineOf(failed))
        .isEqualTo(
            """
            error: restart of deployment "web" failed (RolloutAborted): Rollout web: It was aborted
              next: undo web\
            """);
  }

  private static RestartStatus timedOut(Blocker... blockers) {
    return progressing("CrashLoopBackOff", "Pod web-1", List.of(blockers))
        .finished(
            Phase.Failed,
            "Timeout",
            Blocker.after("Not finished within PT1H", List.of(blockers)),
            HandClock.START);
  }

  @ParameterizedTest
  @CsvSource({"Failed, failed", "Cancelled, was cancelled", "Superseded, was superseded"})
  void beginsWithErrorWhenItDidNotSucceed(Phase phase, String words) {
    assertThat(lineOf(ended(phase)))
        .isEqualTo("error: restart of deployment \"web\" %s (Why): How it ended".formatted(words));
  }

  @Test
  void tellsSuccess() {
    assertThat(lineOf(ended(Phase.Succeeded)))
        .isEqualTo("deployment \"web\" successfully restarted: How it ended");
  }

  private static RestartStatus ended(Phase phase) {
    return RestartStatus.NEW.finished(phase, "Why", "How it ended", HandClock.START);
  }

  private static RestartStatus progressing(String reason, String message, List<Blocker> blockers) {
    return RestartStatus.NEW.progressing(
        reason, message, new RolloutProgress(3, 3, 0, 3, 3), 3, blockers);
  }

  private static String lineOf(RestartStatus status) {
    return lineOf(status, Samples.WEB);
  }

  private static String lineOf(RestartStatus status, WorkloadRef workload) {
    Restart restart =
        new Restart(
            Samples.key("web-1"), "uid", "1", HandClock.START, Samples.spec(workload), status);
    return RestartLine.of(new LiveRestart(restart, null, Duration.ZERO, null));
  }
}
