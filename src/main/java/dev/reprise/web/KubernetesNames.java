package dev.reprise.web;

import dev.reprise.restart.RestartKey;
import java.util.regex.Pattern;

/** Checks names as the API server would, before they become part of a path or a log line. */
final class KubernetesNames {

  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /** The whole of a workload's name is this. */
  static final String SUBDOMAIN =
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

  static final int LONGEST_SUBDOMAIN = 253;

  private static final Pattern NAME = Pattern.compile(SUBDOMAIN);

  private KubernetesNames() {}

  static String namespace(String text) {
    if (!LABEL.matcher(text).matches()) {
      throw new InvalidRequest(
          "namespace", "must be a DNS label: up to 63 lower-case letters, digits and '-'");
    }
    return text;
  }

  static RestartKey restart(String namespace, String name) {
    return new RestartKey(namespace(namespace), workload("name", name));
  }

  static String workload(String field, String text) {
    if (text.length() > LONGEST_SUBDOMAIN || !NAME.matcher(text).matches()) {
      throw new InvalidRequest(
          field, "must be a DNS subdomain: up to 253 lower-case letters, digits, '-' and '.'");
    }
    return text;
  }
}
