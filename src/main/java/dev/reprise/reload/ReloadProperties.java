package dev.reprise.reload;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Restarting workloads whose configuration has changed.
 *
 * @param enabled Whether a workload with the annotation reprise.dev/reload is restarted when a
 *     ConfigMap or Secret that it uses has changed. Needs rights to read these.
 * @param debounce How long the content of a ConfigMap or Secret has to stay the same before
 *     workloads are restarted for it; content that never does is taken as it is after ten times
 *     that.
 * @param reloaderAnnotations Whether the annotations of Stakater Reloader are understood as well.
 *     Only where Reloader itself runs no more.
 * @param keySecret Name of the Secret, in the namespace of the Lease, with the key of the hashes
 *     that are kept of contents; that of the Lease with "-reload" after it unless given. Made when
 *     it is missing.
 */
@ConfigurationProperties("reprise.reload")
public record ReloadProperties(
    @DefaultValue("false") boolean enabled,
    @DefaultValue("3s") Duration debounce,
    @DefaultValue("false") boolean reloaderAnnotations,
    @Nullable String keySecret) {

  public ReloadProperties {
    if (debounce.isNegative()) {
      throw new IllegalArgumentException("debounce must not be negative, and is " + debounce);
    }
  }
}
