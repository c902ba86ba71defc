package dev.reprise.workload;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which labels an object must have: all of the requirements hold; without any, every object is
 * meant.
 */
public record LabelSelector(List<Requirement> requirements) {

  public LabelSelector {
    requirements = List.copyOf(requirements);
  }

  /** One key and what it may be. */
  public record Requirement(String key, Operator operator, Set<String> values) {
    public Requirement {
      values = Set.copyOf(values);
    }

    /** {@code NotIn} holds for an object without the key, too, as in Kubernetes. */
    boolean holds(Map<String, String> labels) {
      String value = labels.get(key);
      return switch (operator) {
        case In -> value != null && values.contains(value);
        case NotIn -> value == null || !values.contains(value);
        case Exists -> value != null;
        case DoesNotExist -> value == null;
      };
    }
  }

  /** By Kubernetes' own names. */
  public enum Operator {
    In,
    NotIn,
    Exists,
    DoesNotExist
  }

  public boolean matches(Map<String, String> labels) {
    return requirements.stream().allMatch(requirement -> requirement.holds(labels));
  }
}
