package dev.reprise.web;

import dev.reprise.restart.Caller;
import dev.reprise.security.AuthenticationProperties;
import dev.reprise.security.AuthenticationProperties.Mode;
import dev.reprise.security.Identities;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Lets in who shows a bearer token in the header, and nobody by anything that a browser sends by
 * itself: so there is nothing that another site could make it send.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  /** Says in each answer that nobody is asked who they are. */
  static final String OPEN_HEADER = "Reprise-Authentication";

  private static final Logger LOGGER = LoggerFactory.getLogger(SecurityConfiguration.class);

  /** The state of the service and the page that describes it; nothing of any workload. */
  private static final String[] OPEN = {
    "/livez",
    "/readyz",
    "/actuator/**",
    "/v3/api-docs",
    "/v3/api-docs.yaml",
    "/v3/api-docs/swagger-config",
    "/swagger-ui.html",
    "/swagger-ui/**"
  };

  /**
   * Paths are checked as strictly as ever. What is wrong in a header or a parameter, the one who
   * reads it says, in a problem that names it.
   */
  @Bean
  HttpFirewall httpFirewall() {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setAllowedHeaderNames(_ -> true);
    firewall.setAllowedHeaderValues(_ -> true);
    firewall.setAllowedParameterNames(_ -> true);
    firewall.setAllowedParameterValues(_ -> true);
    // Which methods there are, each path says, with 405.
    firewall.setUnsafeAllowAnyHttpMethod(true);
    return firewall;
  }

  @Bean
  AuthenticationManager bearerTokens(Identities identities) {
    return new BearerTokens(identities);
  }

  @Bean
  SecurityFilterChain securityFilterChain(
      HttpSecurity http,
      AuthenticationProperties properties,
      AuthenticationManager bearerTokens,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    http.csrf(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .anonymous(anonymous -> anonymous.principal(Caller.ANONYMOUS));
    return properties.mode() == Mode.None ? open(http) : guarded(http, bearerTokens, problems);
  }

  private static SecurityFilterChain guarded(
      HttpSecurity http, AuthenticationManager bearerTokens, HandlerExceptionResolver problems) {
    ProblemEntryPoint entryPoint = new ProblemEntryPoint(problems);
    return http.authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(DispatcherType.ERROR)
                .permitAll()
                .requestMatchers(HttpMethod.GET, OPEN)
                .permitAll()
                .requestMatchers(HttpMethod.HEAD, OPEN)
                .permitAll()
                .anyRequest()
                .authenticated())
        .oauth2ResourceServer(server ->
            server
                .authenticationManagerResolver(_ -> bearerTokens)
                .authenticationEntryPoint(entryPoint))
        .exceptionHandling(handling -> handling.authenticationEntryPoint(entryPoint))
        .build();
  }

  private static SecurityFilterChain open(HttpSecurity http) {
    LOGGER.warn(
        "Authentication is off (reprise.authentication.mode=none): whoever reaches this service may"
            + " restart everything that it covers");
    return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .addFilterBefore(
            (request, response, chain) -> {
              ((HttpServletResponse) response).setHeader(OPEN_HEADER, "none");
              chain.doFilter(request, response);
            },
            SecurityContextHolderFilter.class)
        .build();
  }
}
