package dev.reprise.rollout;

import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the API server said when it refused to evict a pod. */
final class EvictionBlockers {

  private static final Pattern BUDGET =
      Pattern.compile("disruption ?budget", Pattern.CASE_INSENSITIVE);

  private EvictionBlockers() {}

  /** The first refusal that still stands: the others mostly say the same. */
  static Stream<Blocker> of(List<PodEviction> evicting, PodsByAge pods, WorkloadState state) {
    Set<String> running =
        pods.before().stream()
            .filter(pod -> !pod.terminating())
            .map(PodSnapshot::uid)
            .collect(Collectors.toSet());
    String namespace = state.workload().ref().namespace();
    return evicting.stream()
        .filter(eviction -> running.contains(eviction.uid()))
        .flatMap(eviction ->
            Stream.ofNullable(eviction.refusal())
                .map(refusal -> refused(eviction.pod(), refusal, namespace)))
        .limit(1);
  }

  private static Blocker refused(String pod, String refusal, String namespace) {
    return new Blocker(
        "EvictionRefused",
        "Pod " + pod,
        "The API server refuses to evict it: " + refusal,
        nextStep(pod, refusal, namespace));
  }

  /** By what refused it, which only the words tell: reasons and codes are the same for all. */
  private static String nextStep(String pod, String refusal, String namespace) {
    if (refusal.contains("webhook \"")) {
      return "kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations";
    }
    if (refusal.contains("ValidatingAdmissionPolicy")) {
      return "kubectl get validatingadmissionpolicies,validatingadmissionpolicybindings";
    }
    if (refusal.contains("cannot create resource")) {
      return "kubectl get clusterrolebindings,rolebindings -o wide -n " + namespace;
    }
    if (BUDGET.matcher(refusal).find()) {
      return "kubectl get poddisruptionbudgets -n " + namespace;
    }
    return "kubectl describe pod %s -n %s".formatted(pod, namespace);
  }
}
