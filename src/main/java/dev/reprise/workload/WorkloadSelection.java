package dev.reprise.workload;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which workloads of a namespace are meant.
 *
 * @param kinds those meant; every kind when empty
 */
public record WorkloadSelection(Set<WorkloadKind> kinds, Criterion by) {

  public WorkloadSelection {
    kinds = Set.copyOf(kinds);
  }

  /** By what workloads are told apart. */
  public sealed interface Criterion {}

  /**
   * By the workload's own labels.
   *
   * @param text the selector as it was asked for, on one line
   */
  public record Labels(String text, LabelSelector selector) implements Criterion {

    public Labels {
      text = text.strip().replaceAll("\\s+", " ");
      if (selector.requirements().isEmpty()) {
        throw new IllegalArgumentException("A label selector that asks for nothing means all");
      }
    }

    /**
     * By a selector as {@code kubectl -l} takes it.
     *
     * @throws IllegalArgumentException when it is none, or asks for nothing
     */
    public static Labels parse(String text) {
      return new Labels(text, LabelSelectorSyntax.parse(text));
    }
  }

  /** By a ConfigMap or Secret that the pod template refers to. */
  public record Uses(ConfigReference config) implements Criterion {}

  /** Every one. */
  public record All() implements Criterion {}

  /**
   * Whether the workload is meant.
   *
   * @param users who in its namespace uses what
   */
  public boolean selects(WorkloadSnapshot workload, ConfigUsers users) {
    return (kinds.isEmpty() || kinds.contains(workload.ref().kind()))
        && switch (by) {
          case Labels(_, LabelSelector selector) -> selector.matches(workload.metadata().labels());
          case Uses(ConfigReference config) -> users.of(config).contains(workload.ref());
          case All() -> true;
        };
  }

  /** As a person would say it: {@code Deployments with labels app=web}. */
  public String words() {
    return switch (by) {
      case Labels(String text, _) -> "%s with labels %s".formatted(kindsInWords(), text);
      case Uses(ConfigReference config) -> "%s that use %s".formatted(kindsInWords(), config);
      case All() -> "all " + kindsInWords();
    };
  }

  private String kindsInWords() {
    if (kinds.isEmpty()) {
      return "workloads";
    }
    String list = kinds.stream().sorted().map(kind -> kind + "s").collect(Collectors.joining(", "));
    int last = list.lastIndexOf(", ");
    return last < 0 ? list : list.substring(0, last) + " and " + list.substring(last + 2);
  }
}
