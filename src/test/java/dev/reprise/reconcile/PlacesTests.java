package dev.reprise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlacesTests {

  private final World world = new World();

  @Test
  void givesAPlaceWhileThereIsOne() {
    Places places = places(2, 10);

    assertThat(places.waitsFor(pending("demo", "a"))).isEmpty();
    assertThat(places.waitsFor(pending("demo", "b"))).isEmpty();
    assertThat(places.waitsFor(pending("demo", "c")))
        .hasValueSatisfying(words -> assertThat(words).contains("2", "namespace demo"));
  }

  @Test
  void countsWhatHadBegunBeforeThisLeader() {
    world.begun("earlier", Samples.WEB);

    assertThat(places(1, 10).waitsFor(pending("demo", "b"))).isPresent();
  }

  @Test
  void countsNotWhatHasEndedBeforeItListened() {
    Restart earlier = world.begun("earlier", Samples.WEB);
    Places places =
        new Places(world.store, new RecordedMembers(world.store, world.store), new Limits(1, 10));
    end(earlier);

    places.begin();

    assertThat(places.waitsFor(pending("demo", "b"))).isEmpty();
  }

  @Test
  void letsAnotherNamespacePassOneThatIsFull() {
    Places places = places(1, 10);
    places.waitsFor(pending("demo", "a"));
    places.waitsFor(pending("demo", "b"));

    assertThat(places.waitsFor(pending("shop", "c"))).isEmpty();
  }

  @Test
  void keepsTheLimitOfAllNamespaces() {
    Places places = places(5, 1);
    places.waitsFor(pending("demo", "a"));

    assertThat(places.waitsFor(pending("shop", "b")))
        .hasValueSatisfying(words -> assertThat(words).doesNotContain("namespace"));
  }

  @Test
  void wakesTheFirstThatWaitsWhenOneHasEnded() {
    Places places = places(1, 10);
    Restart first = pending("demo", "a");
    places.waitsFor(first);
    Restart second = pending("demo", "b");
    places.waitsFor(second);
    places.waitsFor(pending("demo", "c"));

    end(first);

    assertThat(places.wokenBy(first.key())).containsExactly(second.key());
    assertThat(places.waitsFor(second)).isEmpty();
  }

  @Test
  void letsNobodyOvertakeWhoWaits() {
    Places places = places(1, 10);
    Restart first = pending("demo", "a");
    places.waitsFor(first);
    Restart second = pending("demo", "b");
    places.waitsFor(second);
    end(first);
    places.wokenBy(first.key());

    assertThat(places.waitsFor(pending("demo", "late"))).isPresent();
    assertThat(places.waitsFor(second)).isEmpty();
  }

  @Test
  void forgetsOneThatWasDeletedWhileItWaited() {
    Places places = places(1, 10);
    Restart first = pending("demo", "a");
    places.waitsFor(first);
    Restart second = pending("demo", "b");
    places.waitsFor(second);
    Restart third = pending("demo", "c");
    places.waitsFor(third);
    world.store.delete(second.key());
    places.wokenBy(second.key());

    end(first);

    assertThat(places.wokenBy(first.key())).containsExactly(third.key());
  }

  private Places places(int perNamespace, int overall) {
    Places places =
        new Places(
            world.store,
            new RecordedMembers(world.store, world.store),
            new Limits(perNamespace, overall));
    places.begin();
    return places;
  }

  private Restart pending(String namespace, String name) {
    world.clock.pass(Duration.ofSeconds(1));
    return world.store.put(
        new RestartKey(namespace, name),
        Samples.spec(new WorkloadRef(WorkloadKind.Deployment, namespace, name)),
        RestartStatus.NEW);
  }

  private void end(Restart restart) {
    world.store.updateStatus(
        restart, restart.status().finished(Phase.Succeeded, "Why", "How", world.clock.instant()));
  }
}
