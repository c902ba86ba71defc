package dev.reprise.reconcile;

import dev.reprise.restart.GroupCounts;
import dev.reprise.restart.GroupStatus;
import dev.reprise.restart.GroupStore;
import dev.reprise.restart.Phase;
import dev.reprise.restart.RestartGroup;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records how far a group has come; every write is a compare-and-set. */
final class GroupWriter {

  private static final Logger LOGGER = LoggerFactory.getLogger(GroupWriter.class);

  private final GroupStore groups;
  private final InstantSource clock;

  GroupWriter(GroupStore groups, InstantSource clock) {
    this.groups = groups;
    this.clock = clock;
  }

  /** The API server's time, as exact as anybody needs it in a record. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  GroupStep write(RestartGroup group, GroupStatus status) {
    return groups
        .updateStatus(group, status)
        .<GroupStep>map(GroupStep.Advanced::new)
        .orElseGet(GroupStep.Overtaken::new);
  }

  GroupStep finish(
      RestartGroup group, Phase phase, String reason, String message, GroupCounts counts) {
    GroupStep step = write(group, group.status().finished(phase, reason, message, counts, now()));
    if (step instanceof GroupStep.Advanced) {
      LOGGER
          .atInfo()
          .addKeyValue("group", group.key())
          .addKeyValue("phase", phase)
          .addKeyValue("reason", reason)
          .addKeyValue("members", counts.words())
          .log("Group finished");
    }
    return step;
  }
}
