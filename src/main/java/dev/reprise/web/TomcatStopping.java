package dev.reprise.web;

import org.apache.catalina.core.StandardContext;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Lets Tomcat stop without waiting a second time. By then the graceful shutdown has waited as long
 * as a phase may take; what goes on still writes to somebody who reads nothing, and for that {@code
 * StandardWrapper.unload} would wait two seconds more.
 */
@Component
class TomcatStopping implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

  /** The least that ends: it waits 21 times for a twentieth of this, and 0 ms would be for ever. */
  private static final long UNLOAD_DELAY_MILLIS = 20;

  @Override
  public void customize(ConfigurableTomcatWebServerFactory factory) {
    factory.addContextCustomizers(context -> {
      if (context instanceof StandardContext standard) {
        standard.setUnloadDelay(UNLOAD_DELAY_MILLIS);
      }
    });
  }
}
