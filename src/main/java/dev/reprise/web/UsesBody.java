package dev.reprise.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reprise.workload.ConfigReference;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the workloads of a group have in common by their use of it, as it came. */
@Schema(name = "Uses", description = "Exactly one of the two")
@JsonInclude(JsonInclude.Include.NON_NULL)
record UsesBody(
    @Schema(
            description = "The name of a ConfigMap",
            pattern = "^" + KubernetesNames.SUBDOMAIN + "$",
            maxLength = KubernetesNames.LONGEST_SUBDOMAIN)
        @Nullable String configMap,
    @Schema(
            description = "The name of a Secret",
            example = "db-password",
            pattern = "^" + KubernetesNames.SUBDOMAIN + "$",
            maxLength = KubernetesNames.LONGEST_SUBDOMAIN)
        @Nullable String secret) {

  ConfigReference checked() {
    if ((configMap == null) == (secret == null)) {
      throw new InvalidRequest("uses", "must have exactly one of configMap and secret");
    }
    return secret == null
        ? new ConfigReference(
            ConfigReference.Kind.ConfigMap,
            KubernetesNames.workload("uses.configMap", String.valueOf(configMap)))
        : new ConfigReference(
            ConfigReference.Kind.Secret, KubernetesNames.workload("uses.secret", secret));
  }
}
