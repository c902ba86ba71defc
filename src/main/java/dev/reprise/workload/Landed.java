package dev.reprise.workload;

/**
 * What a trigger's write left in its workload.
 *
 * @param generation the workload's generation after the write; a cache that shows an earlier one
 *     has not seen it yet
 * @param templateHash of the pod template after the write; another one later is someone else's
 */
public record Landed(long generation, String templateHash) {

  /**
   * Whether somebody has changed the template since.
   *
   * @param hashNow false for whatever it is where the hash after the write was not known
   */
  public boolean isTemplateChanged(String hashNow) {
    return !templateHash.isEmpty() && !templateHash.equals(hashNow);
  }

  /** What can be seen of it in the object that was written. */
  public static Landed in(WorkloadSnapshot written, Mechanism mechanism) {
    return new Landed(written.metadata().generation().current(), written.templateHash(mechanism));
  }
}
