package dev.reprise.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.plan.RestartPlan;
import dev.reprise.plan.Strategy;
import dev.reprise.plan.Surroundings;
import dev.reprise.restart.AccessReviews.Action;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.References;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessTests {

  private static final Caller ANNA = new Caller("anna", List.of());
  private static final Action ALL_DEPLOYMENTS =
      new Action("restart", WorkloadKind.Deployment, "demo", "");
  private static final Action WEB_ALONE =
      new Action("restart", WorkloadKind.Deployment, "demo", "web");

  private final HandClock clock = new HandClock();
  private final FakeReviews reviews = new FakeReviews();
  private final Access access = Samples.access(reviews, clock::nanoTime);

  @BeforeEach
  void mayDoNothing() {
    reviews.denyAll();
  }

  @Test
  void asksOneQuestionWhereTheBroadRightSuffices() {
    reviews.allow("restart", WorkloadKind.Deployment, "demo");

    assertThat(access.restartable(ANNA, List.of(Samples.WEB, deployment("api"))))
        .containsExactlyInAnyOrder(Samples.WEB, deployment("api"));
    assertThat(reviews.asked()).containsExactly(ALL_DEPLOYMENTS);
  }

  @Test
  void asksByNameWhereItDoesNot() {
    reviews.allow("restart", Samples.WEB);

    assertThat(access.restartable(ANNA, List.of(Samples.WEB, deployment("api"))))
        .containsExactly(Samples.WEB);
    assertThat(reviews.asked()).startsWith(ALL_DEPLOYMENTS).contains(WEB_ALONE).hasSize(3);
  }

  @Test
  void remembersAnAnswerForTenSeconds() {
    access.restartable(ANNA, List.of(Samples.WEB));
    reviews.allow("restart", Samples.WEB);
    clock.pass(Duration.ofSeconds(9));
    assertThat(access.restartable(ANNA, List.of(Samples.WEB))).isEmpty();

    clock.pass(Duration.ofSeconds(1));

    assertThat(access.restartable(ANNA, List.of(Samples.WEB))).containsExactly(Samples.WEB);
  }

  @Test
  void remembersItForThatCallerAlone() {
    reviews.allow("restart", Samples.WEB);
    access.require(ANNA, Samples.WEB);
    reviews.denyAll();

    assertThatThrownBy(() -> access.require(new Caller("anna", List.of("devs")), Samples.WEB))
        .isInstanceOf(Forbidden.class);
  }

  @Test
  void remembersNoFailure() {
    reviews.fail(new ClusterUnavailable("No answer", false, null, null));
    assertThatThrownBy(() -> access.require(ANNA, Samples.WEB))
        .isInstanceOf(ClusterUnavailable.class);

    reviews.fail(null);
    reviews.allow("restart", Samples.WEB);

    assertThatCode(() -> access.require(ANNA, Samples.WEB)).doesNotThrowAnyException();
  }

  @Test
  void asksOnceForManyWhoWantToKnowAtOnce() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    reviews.allow("restart", WorkloadKind.Deployment, "demo");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Access slow =
          new Access(
              (caller, action) -> {
                awaitUninterruptibly(answered);
                return reviews.isAllowed(caller, action);
              },
              "restart",
              clock::nanoTime,
              threads);
      var first = threads.submit(() -> slow.restartable(ANNA, List.of(Samples.WEB)));
      var second = threads.submit(() -> slow.restartable(ANNA, List.of(Samples.WEB)));
      answered.countDown();

      assertThat(first.get()).isEqualTo(second.get()).containsExactly(Samples.WEB);
      assertThat(reviews.asked()).hasSize(1);
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void takesBothEndsOfAReference() {
    WorkloadState rollout = Samples.rollout(3);
    WorkloadState state =
        rollout.with(
            new References((DeploymentSnapshot) Samples.deployment(0).workload(), List.of()));
    RestartPlan.Proceed inline =
        (RestartPlan.Proceed)
            Samples.PLANNER.plan(rollout, Surroundings.NOT_ASKED, Strategy.NewRevision, true);
    RestartPlan.Proceed referenced =
        new RestartPlan.Proceed(
            dev.reprise.workload.Mechanism.ReferencedTemplateAnnotation,
            Samples.CANARY,
            "",
            inline.disruption(),
            List.of());
    reviews.allow("restart", Samples.CANARY);

    assertThatCode(() -> access.require(ANNA, inline, state)).doesNotThrowAnyException();
    assertThatThrownBy(() -> access.require(ANNA, referenced, state))
        .isInstanceOf(Forbidden.class)
        .hasMessageContaining("Deployment demo/web");

    reviews.allow("restart", Samples.WEB);
    clock.pass(Duration.ofSeconds(10));

    assertThatCode(() -> access.require(ANNA, referenced, state)).doesNotThrowAnyException();
  }

  private static WorkloadRef deployment(String name) {
    return new WorkloadRef(WorkloadKind.Deployment, "demo", name);
  }
}
