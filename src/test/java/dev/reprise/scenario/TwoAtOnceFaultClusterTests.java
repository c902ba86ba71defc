package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two replicas are asked for the same at the same moment. */
@ClusterTest
@ExtendWith(FaultTable.Extension.class)
class TwoAtOnceFaultClusterTests {

  private FaultTable table;
  private Workloads workloads;
  private String namespace;
  private Service one;
  private Service other;

  @BeforeEach
  void start(TestCluster cluster, Namespace own, FaultTable ofTheRun) {
    table = ofTheRun;
    workloads = new Workloads(own);
    namespace = own.name();
    one = Service.start(cluster, own);
    other = Service.start(cluster, own);
    workloads.create(deployment("web").pods("ready-after", "2s"));
  }

  @AfterEach
  void stop() {
    other.close();
    one.close();
  }

  @RepeatedTest(2)
  void withOneKeyTheyGiveTheSameRestart() {
    List<Answer> answers = ask(20, "Idempotency-Key", "\"one\"");

    assertThat(answers).extracting(Answer::status).containsOnly(202);
    assertThat(answers).extracting(Answer::location).containsOnly(answers.getFirst().location());
    one.caller().awaitEnd(answers.getFirst().location());
    Tally tally = tally();
    table.add(2, "20 POSTs with one key, on two replicas at once", tally);
    assertThat(tally.isExactlyOnce()).isTrue();
  }

  @RepeatedTest(2)
  void withoutAKeyOneWinsAndTheOtherIsToldItsName() {
    List<Answer> ended = ask(2).stream().map(answer -> one.caller().ended(answer)).toList();

    Tally tally = tally();
    table.add(20, "2 POSTs without a key, on two replicas at once", tally);
    Answer winner = ended.stream().filter(TwoAtOnceFaultClusterTests::hasWon).findFirst().get();
    Answer loser = ended.stream().filter(answer -> answer != winner).findFirst().get();
    assertThat(hasWon(loser)).isFalse();
    // At once, or by the end of its own Restart where both were recorded before either saw that.
    assertThat(loser.text("code") + loser.text("reason")).isEqualTo("Busy");
    assertThat(loser.text("detail") + loser.text("message")).contains(winner.text("name"));
    assertThat(tally.isExactlyOnce()).isTrue();
  }

  private static boolean hasWon(Answer answer) {
    return answer.text("phase").equals("Succeeded");
  }

  /** Half of them each replica, none before all are there. */
  private List<Answer> ask(int count, String... headers) {
    CyclicBarrier barrier = new CyclicBarrier(count);
    Stream<CompletableFuture<Answer>> asked =
        IntStream.range(0, count)
            .mapToObj(i -> (i % 2 == 0 ? one : other).caller())
            .map(caller ->
                CompletableFuture.supplyAsync(
                    () -> {
                      try {
                        barrier.await();
                      } catch (Exception e) {
                        throw new IllegalStateException(e);
                      }
                      return caller.restart(namespace, "Deployment", "web", headers);
                    },
                    Thread::startVirtualThread));
    return asked.toList().stream().map(CompletableFuture::join).toList();
  }

  private Tally tally() {
    return Tally.of(1, workloads.replicaSetsOf("web").size() - 1);
  }
}
