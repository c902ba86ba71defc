package dev.reprise.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a list of restarts as callers see it. */
@Schema(name = "RestartList", description = "One page of restarts, the newest first")
@JsonInclude(JsonInclude.Include.NON_NULL)
record RestartList(
    List<AnyResource> items,
    @Schema(description = "Send it as `continue` for the next page; absent on the last one")
        @JsonProperty("continue")
        @Nullable String continueToken) {}
