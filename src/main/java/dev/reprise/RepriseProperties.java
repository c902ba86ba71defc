package dev.reprise;

import dev.reprise.plan.CertainDowntime;
import dev.reprise.reconcile.Limits;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What restarts may do.
 *
 * @param certainDowntime What becomes of a request whose restart leaves nothing available for a
 *     while, for certain: Refuse it unless the caller accepts downtime, or Warn in the plan alone.
 * @param atOnce How many restarts may be under way at once.
 */
@ConfigurationProperties("reprise")
record RepriseProperties(
    @DefaultValue("Refuse") CertainDowntime certainDowntime, @DefaultValue AtOnce atOnce) {

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
}
