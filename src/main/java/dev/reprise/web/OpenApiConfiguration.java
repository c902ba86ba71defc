package dev.reprise.web;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.beans.factory.config.YamlMapFactoryBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * What the OpenAPI document says of the whole, and the answers, examples, headers and links that
 * the annotations refer to by name: those are written in OpenAPI itself, in {@code openapi/*.yaml}.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

  private static final String BEARER = "bearer";

  private static final String DESCRIPTION =
      """
      Restarts Kubernetes workloads: once per request, refused when it would certainly take the workload down, and \
      followed until the last old pod is gone.

      To restart one, **POST** `kind` and `name`. The answer names the restart: look at it with **GET**, or wait for \
      its result. Whatever goes wrong is told as a problem detail (RFC 9457) with a `code` and what to do.
      """;

  /** Nothing in it depends on where the service runs, so that it can be kept and compared. */
  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Reprise")
                .description(DESCRIPTION)
                .version("1")
                .license(
                    new License()
                        .name("Apache-2.0")
                        .url("https://www.apache.org/licenses/LICENSE-2.0")))
        .components(
            new Components()
                .addSecuritySchemes(
                    BEARER,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description(
                            "A token for this service, for instance that of kubectl create token"
                                + " <serviceaccount> --audience reprise; none where"
                                + " reprise.authentication.mode is none")))
        .addSecurityItem(new SecurityRequirement().addList(BEARER))
        .servers(List.of(new Server().url("/").description("The service that shows this page")));
  }

  @Bean
  OpenApiCustomizer writtenByHand(ResourcePatternResolver resources) throws IOException {
    YamlMapFactoryBean files = new YamlMapFactoryBean();
    files.setResources(resources.getResources("classpath:/openapi/*.yaml"));
    Map<String, Object> written = Map.copyOf(files.getObject());
    return document -> {
      add(document.getComponents(), Json31.mapper().convertValue(written, Components.class));
      narrow(document.getComponents());
      sort(document);
    };
  }

  /** What no annotation can say. */
  private static void narrow(Components components) {
    Schema<?> request = schema(components, "RestartRequest");
    exactlyOne(request, "name", "selector", "uses", "all");
    request.setDependentRequired(Map.of("name", List.of("kind")));
    exactlyOne(schema(components, "Uses"), "configMap", "secret");
  }

  private static Schema<?> schema(Components components, String name) {
    return Objects.requireNonNull(components.getSchemas().get(name), name);
  }

  private static void exactlyOne(Schema<?> of, String... fields) {
    for (String field : fields) {
      of.addOneOfItem(new JsonSchema().required(List.of(field)));
    }
  }

  private static void add(Components components, Components written) {
    // Only the answers refer to these classes, and springdoc doesn't follow those.
    ModelConverters classes = ModelConverters.getInstance(true);
    List<Class<?>> all =
        List.of(
            AnyResource.class,
            RestartList.class,
            WorkloadList.class,
            WorkloadResource.class,
            DryRunResource.class,
            GroupDryRunResource.class);
    for (Class<?> shown : all) {
      classes.readAll(shown).forEach(components::addSchemas);
    }
    // What is written by hand wins over what springdoc made of the classes.
    written.getSchemas().forEach(components::addSchemas);
    written.getResponses().forEach(components::addResponses);
    written.getExamples().forEach(components::addExamples);
    written.getHeaders().forEach(components::addHeaders);
    written.getLinks().forEach(components::addLinks);
  }

  /** The order in which controllers, classes and files are met is nothing to rely on. */
  private static void sort(OpenAPI document) {
    Paths paths = new Paths();
    new TreeMap<>(document.getPaths()).forEach(paths::addPathItem);
    document.setPaths(paths);
    Components components = document.getComponents();
    components.setSchemas(new TreeMap<>(components.getSchemas()));
    components.setResponses(new TreeMap<>(components.getResponses()));
    components.setExamples(new TreeMap<>(components.getExamples()));
    components.setHeaders(new TreeMap<>(components.getHeaders()));
    components.setLinks(new TreeMap<>(components.getLinks()));
  }
}
