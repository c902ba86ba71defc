package dev.reprise.plan;

import java.util.List;
import java.util.stream.Stream;

/**
 * What around a workload bears on its restart without ever forbidding it, so that only those who
 * want to know look for it.
 *
 * @param autoscalers those that scale the workload
 * @param quotas the namespace's quotas
 * @param flaggerCanaries names of Flagger's Canaries that target the workload
 * @param volumeClaims those of the claims in its pod template that one node or one pod at a time
 *     can mount
 * @param notChecked what could not be looked at
 */
public record Surroundings(
    List<Autoscaler> autoscalers,
    List<Quota> quotas,
    List<String> flaggerCanaries,
    List<VolumeClaim> volumeClaims,
    List<NotChecked> notChecked) {

  /** Nobody has looked, and nobody asks. */
  public static final Surroundings NOT_ASKED =
      new Surroundings(List.of(), List.of(), List.of(), List.of(), List.of());

  public Surroundings {
    autoscalers = List.copyOf(autoscalers);
    quotas = List.copyOf(quotas);
    flaggerCanaries = List.copyOf(flaggerCanaries);
    volumeClaims = List.copyOf(volumeClaims);
    notChecked = List.copyOf(notChecked);
  }

  /** The same, and that these could not be looked at either. */
  public Surroundings without(List<NotChecked> more) {
    return new Surroundings(
        autoscalers,
        quotas,
        flaggerCanaries,
        volumeClaims,
        Stream.concat(notChecked.stream(), more.stream()).toList());
  }

  /** A HorizontalPodAutoscaler and its bounds. */
  public record Autoscaler(String name, int minReplicas, int maxReplicas) {}

  /**
   * One resource of a ResourceQuota.
   *
   * @param resource as the quota names it: {@code pods}, {@code requests.cpu}
   * @param room what is left of it, in its own unit; not negative
   */
  public record Quota(String name, String resource, double room) {

    boolean isOfPods() {
      return resource.equals("pods") || resource.equals("count/pods");
    }

    /** Whether it has no room for so many more pods; of other resources, whether none is left. */
    boolean stops(int pods) {
      return isOfPods() ? room < pods : room <= 0;
    }
  }

  /** A PersistentVolumeClaim with its access mode. */
  public record VolumeClaim(String name, String accessMode) {}

  /**
   * What could not be looked at.
   *
   * @param what in the plural, as the API names it
   * @param why what the API server said
   */
  public record NotChecked(String what, String why) {}
}
