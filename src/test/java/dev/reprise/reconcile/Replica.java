package dev.reprise.reconcile;

import dev.reprise.restart.Restart;
import dev.reprise.restart.Samples;
import java.util.Random;
import java.util.function.Consumer;

/** One of our replicas: what it remembers ends with it. */
final class Replica {

  private static final int PATIENCE = 100;

  private final World world;
  private final Reconciler reconciler;
  private final Lead lead = new Lead();

  Replica(World world) {
    this(world, _ -> {});
  }

  /**
   * @param triggered is told of each whose trigger has taken effect
   */
  Replica(World world, Consumer<Restart> triggered) {
    this.world = world;
    StatusWriter writer = new StatusWriter(world.store, world.clock);
    RecordedMembers recorded = new RecordedMembers(world.store, world.store);
    Turns turns = new Turns(world.store, recorded);
    Claims claims = new Claims(world.store, recorded, turns);
    Expiry expiry = new Expiry(world.workloads, writer, world.clock);
    Evicting evicting =
        new Evicting(world.workloads, new EarlierEvictions(world.store), writer, lead);
    Pursuit pursuit = new Pursuit(world.workloads, claims, writer, evicting, expiry);
    reconciler =
        new Reconciler(
            world.store,
            lead,
            new Beginning(
                world.workloads,
                recorded,
                turns,
                new Places(world.store, recorded, world.limits),
                claims,
                Samples.PLANNER,
                world.access,
                writer),
            new Triggering(
                world.workloads, claims, Samples.PLANNER, writer, expiry, new Random(1), triggered),
            pursuit,
            new Cancelling(world.workloads, pursuit, writer, expiry),
            new Pursued(world.workloads, _ -> {}, world.clock::nanoTime));
  }

  void losesLeadership() {
    lead.lose();
  }

  Step once(Restart restart) {
    return reconciler.reconcile(restart.key());
  }

  /** Works on it until there is nothing to do for now, letting the time pass that it asks for. */
  Step work(Restart restart) {
    for (int attempt = 0; attempt < PATIENCE; attempt++) {
      Step step = once(restart);
      if (!(step instanceof Step.Again(var after))) {
        return step;
      }
      world.clock.pass(after);
    }
    throw new AssertionError("Tried %d times: %s".formatted(PATIENCE, world.live(restart)));
  }
}
