package dev.reprise.workload;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a restart writes into its workload: decided once, recorded before the first write, and the
 * same however often the write is tried.
 *
 * @param value whole seconds, by the API server's clock
 * @param workload whose pods restart: the one asked for, or the Rollout that refers to it
 * @param targetUid of the workload, so that one made anew under its name is not taken for it
 * @param targetGeneration the workload's generation when this was decided
 * @param formerValue the text that {@code value} replaces, or null when there was none
 * @param formerTemplateHash {@link PodTemplate#hash} when this was decided; of the referenced
 *     Deployment where that one's template is changed
 * @param formerRevision the highest revision when this was decided; 0 when there was none
 */
public record Trigger(
    Mechanism mechanism,
    Instant value,
    WorkloadRef workload,
    String targetUid,
    long targetGeneration,
    @Nullable String formerValue,
    String formerTemplateHash,
    long formerRevision) {

  public Trigger {
    if (!value.equals(value.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException("A trigger's value has whole seconds: " + value);
    }
  }

  /** Whether it is this object, and not another of its name, whose pods restart. */
  public boolean isFor(WorkloadSnapshot now) {
    return now.metadata().uid().equals(targetUid);
  }

  /** The same with another text to put back. */
  public Trigger withFormerValue(@Nullable String former) {
    return new Trigger(
        mechanism,
        value,
        workload,
        targetUid,
        targetGeneration,
        former,
        formerTemplateHash,
        formerRevision);
  }

  /** Whether the template has the value as its annotation. */
  public boolean isIn(PodTemplate template) {
    return text().equals(template.restartedAt());
  }

  /** Whether this {@code restartAt} is the one that was there before. */
  public boolean isFormer(@Nullable Instant restartAt) {
    return Objects.equals(Objects.toString(restartAt, null), formerValue);
  }

  /** The value as it is written: RFC 3339 in UTC, whole seconds. */
  public String text() {
    return value.toString();
  }
}
