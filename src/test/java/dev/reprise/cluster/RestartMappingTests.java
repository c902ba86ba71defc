package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.reprise.plan.Strategy;
import dev.reprise.restart.Caller;
import dev.reprise.restart.LastSeen;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.RestartSpec;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.WhenBusy;
import dev.reprise.rollout.Blocker;
import dev.reprise.rollout.PodEviction;
import dev.reprise.rollout.RevisionChange;
import dev.reprise.rollout.RolloutProgress;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RestartMappingTests {

  private static final RestartKey KEY = new RestartKey("shop", "checkout-7k2m9x");
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void readsBackTheSpecThatItWrites() {
    RestartSpec spec =
        new RestartSpec(
            new WorkloadRef(WorkloadKind.ArgoRollout, "shop", "storefront"),
            Strategy.RecreatePods,
            "new \"certificates\"",
            true,
            WhenBusy.Reject,
            null,
            Duration.ofMinutes(90),
            new Caller("jane", List.of("devs", "system:authenticated")),
            "3f5a",
            null,
            false);

    assertThat(stored(spec, null).spec()).isEqualTo(spec);
  }

  @ParameterizedTest
  @EnumSource
  void readsBackTheLeastThatItWrites(WorkloadKind kind) {
    RestartSpec spec = spec(kind);

    assertThat(stored(spec, null).spec()).isEqualTo(spec);
  }

  @Test
  void readsBackTheStatusThatItWrites() {
    RestartStatus status =
        new RestartStatus(
            Phase.Failed,
            "ProgressDeadlineExceeded",
            "New pods made: 1/3",
            START,
            START.plusMillis(600_250),
            trigger("2026-02-01T00:00:00+01:00"),
            new Landed(7, "hash after", 2),
            new Landed(9, "hash before", null),
            new LastSeen(
                new RolloutProgress(5, 4, 3, 2, 1),
                0,
                START.plusMillis(250),
                new RevisionChange(12, 13L),
                List.of(new Blocker("CrashLoopBackOff", "Pod p", "back-off", "kubectl logs p"))),
            List.of(new PodEviction("p", "u-p", null), new PodEviction("q", "u-q", "not by you")));

    assertThat(stored(spec(WorkloadKind.Deployment), status).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @EnumSource
  void readsBackTheTriggerOfEachMechanism(Mechanism mechanism) {
    Trigger trigger =
        new Trigger(
            mechanism, START, spec(WorkloadKind.Deployment).target(), "uid", 3, null, "hash", 0);
    RestartStatus status = RestartStatus.NEW.begun(trigger, START);

    assertThat(stored(spec(WorkloadKind.Deployment), status).status()).isEqualTo(status);
  }

  @Test
  void readsOneThatNobodyHasLookedAtAsNew() {
    assertThat(stored(spec(WorkloadKind.Deployment), null).status()).isEqualTo(RestartStatus.NEW);
  }

  @Test
  void readsWhatKubectlSentWithTheDefaults() {
    JsonObject object = RestartMapping.object(KEY, spec(WorkloadKind.Deployment));
    object.add("spec", JsonParser.parseString("{\"kind\": \"sts\", \"name\": \"ledger\"}"));

    assertThat(RestartMapping.restart(stored(object)).spec())
        .isEqualTo(
            new RestartSpec(
                new WorkloadRef(WorkloadKind.StatefulSet, "shop", "ledger"),
                Strategy.Auto,
                null,
                false,
                WhenBusy.Reject,
                null,
                RestartSpec.DEFAULT_TIMEOUT,
                new Caller(Caller.ANONYMOUS.user(), List.of()),
                null,
                null,
                false));
  }

  @Test
  void readsThatItIsToBeCancelled() {
    JsonObject object = RestartMapping.object(KEY, spec(WorkloadKind.Deployment));
    object.getAsJsonObject("spec").addProperty("cancel", true);

    assertThat(RestartMapping.restart(stored(object)).spec().cancel()).isTrue();
  }

  @Test
  void refusesAKindThatThisVersionDoesNotKnow() {
    JsonObject object = RestartMapping.object(KEY, spec(WorkloadKind.Deployment));
    object.getAsJsonObject("spec").addProperty("kind", "CronJob");

    assertThatIllegalArgumentException().isThrownBy(() -> RestartMapping.restart(stored(object)));
  }

  @Test
  void removesWhatIsNoLongerThereFromTheStoredStatus() {
    RestartStatus before =
        RestartStatus.NEW
            .begun(trigger(null), START)
            .landed(new Landed(2, "hash", null))
            .progressing("PodsUpdating", "", new RolloutProgress(1, 1, 0, 1, 1), 1, List.of());
    Restart restart = stored(spec(WorkloadKind.Deployment), before);
    RestartStatus after = before.landed(new Landed(2, "hash", null));

    JsonObject patch = RestartStatusMapping.status(restart, after);

    assertThat(patch.get("progress")).isEqualTo(JsonNull.INSTANCE);
    assertThat(patch.get("lowestAvailable")).isEqualTo(JsonNull.INSTANCE);
    assertThat(patch.get("finishedAt")).isEqualTo(JsonNull.INSTANCE);
  }

  private static Trigger trigger(@Nullable String formerValue) {
    return new Trigger(
        Mechanism.TemplateAnnotation,
        START,
        spec(WorkloadKind.Deployment).target(),
        "uid of it",
        6,
        formerValue,
        "hash before",
        12);
  }

  private static RestartSpec spec(WorkloadKind kind) {
    return new RestartSpec(
        new WorkloadRef(kind, "shop", "checkout"),
        Strategy.Auto,
        null,
        false,
        WhenBusy.Reject,
        null,
        RestartSpec.DEFAULT_TIMEOUT,
        new Caller("jane", List.of()),
        null,
        null,
        false);
  }

  /** Written, stored by an API server, and read. */
  private static Restart stored(RestartSpec spec, @Nullable RestartStatus status) {
    JsonObject object = RestartMapping.object(KEY, spec);
    if (status != null) {
      Restart restart = new Restart(KEY, "u", "1", START, spec, RestartStatus.NEW);
      object.add("status", RestartStatusMapping.status(restart, status));
    }
    Restart read = RestartMapping.restart(stored(object));
    assertThat(read.key()).isEqualTo(KEY);
    assertThat(read.requestedAt()).isEqualTo(START);
    return read;
  }

  private static JsonObject stored(JsonObject object) {
    JsonObject metadata = object.getAsJsonObject("metadata");
    metadata.addProperty("uid", "u");
    metadata.addProperty("resourceVersion", "1");
    metadata.addProperty("creationTimestamp", START.toString());
    return object;
  }
}
