package dev.reprise.restart;

import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;

/**
 * The caller may not do this, or see whether there is anything to do it to: what this says is the
 * same whether there is or not.
 */
public class Forbidden extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private Forbidden(String message) {
    super(message);
  }

  static Forbidden restart(Caller caller, String verb, WorkloadRef workload) {
    return new Forbidden(
        "%s may not restart %s, if there is one. %s"
            .formatted(caller.user(), workload, needed(verb, workload)));
  }

  static String needed(String verb, WorkloadRef workload) {
    WorkloadKind kind = workload.kind();
    return "That takes the verb %s on %s.%s %s in namespace %s"
        .formatted(verb, kind.plural(), kind.group(), workload.name(), workload.namespace());
  }

  static Forbidden look(Caller caller, RestartKey key) {
    return new Forbidden(
        ("%s may not see the restart %s in namespace %s, if there is one."
                + " That takes the right to restart what it restarts")
            .formatted(caller.user(), key.name(), key.namespace()));
  }

  static Forbidden namespace(Caller caller, String verb, String namespace) {
    return new Forbidden(
        ("%s may restart nothing of this in namespace %s, if there is one."
                + " That takes the verb %s on its workloads")
            .formatted(caller.user(), namespace, verb));
  }
}
