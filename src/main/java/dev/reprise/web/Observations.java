package dev.reprise.web;

import io.micrometer.observation.ObservationPredicate;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/** Which calls are measured and traced. */
@Configuration(proxyBeanMethods = false)
class Observations {

  /** Probes and scrapes come every few seconds for ever, and tell nothing of anybody's calls. */
  @Bean
  ObservationPredicate callsOfSomebody() {
    return (_, context) ->
        !(context instanceof ServerRequestObservationContext call) || !isProbe(call.getCarrier());
  }

  private static boolean isProbe(@Nullable HttpServletRequest call) {
    String path = call == null ? "" : call.getRequestURI();
    return path.equals("/livez") || path.equals("/readyz") || path.startsWith("/actuator");
  }
}
