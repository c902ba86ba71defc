package dev.reprise;

import dev.reprise.reload.ConfigGateway;
import dev.reprise.reload.ReloadProperties;
import dev.reprise.reload.Reloading;
import dev.reprise.restart.Leadership;
import dev.reprise.restart.RestartStore;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Restarting workloads whose configuration has changed, where that is wanted. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("reprise.reload.enabled")
class ReloadConfiguration {

  @Bean
  Reloading reloading(
      ConfigGateway configs,
      RestartStore store,
      Leadership leadership,
      ReloadProperties properties) {
    Reloading reloading = new Reloading(configs, store, leadership, properties, System::nanoTime);
    leadership.whileLeading(reloading);
    return reloading;
  }
}
