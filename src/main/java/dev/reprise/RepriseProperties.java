package dev.reprise;

import dev.reprise.plan.CertainDowntime;
import dev.reprise.reconcile.Keeping;
import dev.reprise.reconcile.Limits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * What restarts may do.
 *
 * @param certainDowntime What becomes of a request whose restart leaves nothing available for a
 *     while, for certain: Refuse it unless the caller accepts downtime, or Warn in the plan alone.
 * @param cooldown How long after a restart of a workload has begun another one of it is turned
 *     away; 0s for never.
 * @param atOnce How many restarts may be under way at once.
 * @param keep How long finished restarts are kept.
 */
@ConfigurationProperties("reprise")
record RepriseProperties(
    @DefaultValue("Refuse") CertainDowntime certainDowntime,
    @DefaultValue("0s") Duration cooldown,
    @DefaultValue AtOnce atOnce,
    @DefaultValue Keep keep) {

  RepriseProperties {
    if (cooldown.isNegative()) {
      throw new IllegalArgumentException("cooldown must not be negative, and is " + cooldown);
    }
  }

  /**
   * How many restarts may be under way at once, each member of a group counted.
   *
   * @param perNamespace Most restarts under way in one namespace; others wait for a place.
   * @param overall Most restarts under way in all namespaces; others wait for a place.
   */
  record AtOnce(@DefaultValue("100") int perNamespace, @DefaultValue("500") int overall) {

    Limits limits() {
      return new Limits(perNamespace, overall);
    }
  }

  /**
   * How long finished restarts are kept. Members of a group are kept as long as it is.
   *
   * @param duration How long a restart is kept after its end, at least 24h.
   * @param atMost Most finished restarts of one workload; those that ended within 24h stay all the
   *     same.
   */
  record Keep(@Name("for") @DefaultValue("7d") Duration duration, @DefaultValue("100") int atMost) {

    Keep {
      var _ = new Keeping(duration, atMost);
    }

    Keeping keeping() {
      return new Keeping(duration, atMost);
    }
  }
}
