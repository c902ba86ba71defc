package dev.reprise.rollout;

import org.jspecify.annotations.Nullable;

/**
 * The eviction of a pod that was decided on and recorded. From then on whoever leads, or has led,
 * may ask for it at any moment.
 *
 * @param pod its name
 * @param uid of the pod, so that another one under its name is left alone
 * @param refusal why the API server refused it, in its own words; null when it did not
 */
public record PodEviction(String pod, String uid, @Nullable String refusal) {

  /** The same, refused for this reason. */
  public PodEviction refused(String why) {
    return new PodEviction(pod, uid, why);
  }
}
