package dev.reprise;

import dev.reprise.plan.CertainDowntime;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What restarts may do.
 *
 * @param certainDowntime What becomes of a request whose restart leaves nothing available for a
 *     while, for certain: Refuse it unless the caller accepts downtime, or Warn in the plan alone.
 */
@ConfigurationProperties("reprise")
record RepriseProperties(@DefaultValue("Refuse") CertainDowntime certainDowntime) {}
