package dev.reprise.workload;

import java.util.Set;

/** The annotations by which an owner says when a change of configuration restarts a workload. */
public final class ReloadAnnotations {

  /** {@code auto}, or names: {@code configmap/a,secret/b}. */
  public static final String RELOAD = "reprise.dev/reload";

  /** How it is restarted then, as in a request. */
  public static final String STRATEGY = "reprise.dev/reload-strategy";

  public static final String RELOADER_AUTO = "reloader.stakater.com/auto";
  public static final String RELOADER_CONFIG_MAP_AUTO = "configmap.reloader.stakater.com/auto";
  public static final String RELOADER_SECRET_AUTO = "secret.reloader.stakater.com/auto";
  public static final String RELOADER_CONFIG_MAPS = "configmap.reloader.stakater.com/reload";
  public static final String RELOADER_SECRETS = "secret.reloader.stakater.com/reload";
  public static final String RELOADER_NO_CONFIG_MAPS =
      "configmaps.exclude.reloader.stakater.com/reload";
  public static final String RELOADER_NO_SECRETS = "secrets.exclude.reloader.stakater.com/reload";
  public static final String RELOADER_STRATEGY = "reloader.stakater.com/rollout-strategy";

  /** Our own. */
  public static final Set<String> OURS = Set.of(RELOAD, STRATEGY);

  /** Those of Stakater Reloader that say what restarts the workload. */
  public static final Set<String> RELOADERS =
      Set.of(
          RELOADER_AUTO,
          RELOADER_CONFIG_MAP_AUTO,
          RELOADER_SECRET_AUTO,
          RELOADER_CONFIG_MAPS,
          RELOADER_SECRETS,
          RELOADER_NO_CONFIG_MAPS,
          RELOADER_NO_SECRETS);

  /** A longer text is none that anybody wrote by hand; the cache holds no more of it. */
  public static final int LONGEST = 4096;

  private ReloadAnnotations() {}
}
