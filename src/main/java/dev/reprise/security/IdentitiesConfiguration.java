package dev.reprise.security;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Chooses who is asked whose token it is. */
@Configuration(proxyBeanMethods = false)
class IdentitiesConfiguration {

  /**
   * @param reviews what the API server says
   */
  @Bean
  @Primary
  Identities identities(
      AuthenticationProperties properties,
      @Qualifier("tokenReviews") Identities reviews,
      InstantSource serverClock) {
    return switch (properties.mode()) {
      case Kubernetes ->
          new RememberedIdentities(
              reviews, serverClock, Ticker.systemTicker(), Thread::startVirtualThread);
      case Oidc -> new OidcIdentities(properties);
      case None -> _ -> new Identities.Identity.Unknown();
    };
  }
}
