package dev.reprise.web;

import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.http.ProblemDetail;

/** What each call may answer, for the OpenAPI document. */
final class ApiAnswers {

  private static final String PROBLEM = "application/problem+json";
  private static final String TEXT = "text/plain";
  private static final String JSON = "application/json";

  private ApiAnswers() {}

  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @ApiResponse(
      responseCode = "202",
      description = "It has begun, or is about to",
      headers = @Header(name = "Location", description = "The restart"),
      content =
          @Content(mediaType = JSON, schema = @Schema(implementation = RestartResource.class)))
  @ApiResponse(
      responseCode = "200",
      description = "It has ended within the time that 'Prefer: wait=N' gave, however it ended",
      content =
          @Content(mediaType = JSON, schema = @Schema(implementation = RestartResource.class)))
  @ApiResponse(
      responseCode = "400",
      description = "Malformed; the problem names the field",
      content =
          @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemDetail.class)))
  @ApiResponse(
      responseCode = "404",
      description = "No such namespace or workload",
      content =
          @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemDetail.class)))
  @ApiResponse(
      responseCode = "409",
      description = "Another restart is under way, or the downtime is certain and not accepted",
      content =
          @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemDetail.class)))
  @ApiResponse(
      responseCode = "422",
      description = "It can't be restarted, or the Idempotency-Key was used for something else",
      content =
          @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemDetail.class)))
  @ApiResponse(
      responseCode = "502",
      description = "The API server refused the change; nothing was changed",
      content =
          @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemDetail.class)))
  @ApiResponse(
      responseCode = "503",
      description = "The API server does not answer; says whether anything may have been changed",
      content =
          @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemDetail.class)))
  @interface Start {}

  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @ApiResponse(
      responseCode = "200",
      description = "The restart",
      content =
          @Content(mediaType = JSON, schema = @Schema(implementation = RestartResource.class)))
  @ApiResponse(
      responseCode = "404",
      description = "No such restart",
      content =
          @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemDetail.class)))
  @interface Get {}

  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @ApiResponse(
      responseCode = "200",
      description = "The restarts",
      content = {
        @Content(mediaType = JSON, schema = @Schema(implementation = RestartList.class)),
        @Content(mediaType = TEXT, schema = @Schema(type = "string"))
      })
  @interface ListOfRestarts {}

  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @ApiResponse(
      responseCode = "200",
      description = "How it stands, then each change until it has ended",
      content = {
        @Content(mediaType = "text/event-stream", schema = @Schema(type = "string")),
        @Content(mediaType = TEXT, schema = @Schema(type = "string"))
      })
  @ApiResponse(
      responseCode = "204",
      description = "It has ended, and 'Last-Event-ID' shows that this has been seen",
      content = @Content)
  @ApiResponse(
      responseCode = "404",
      description = "No such restart",
      content =
          @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemDetail.class)))
  @ApiResponse(
      responseCode = "429",
      description = "As many streams are open as the service allows",
      content =
          @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemDetail.class)))
  @interface Events {}

  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @ApiResponse(
      responseCode = "200",
      description = "It succeeded",
      content =
          @Content(mediaType = JSON, schema = @Schema(implementation = RestartResource.class)))
  @ApiResponse(
      responseCode = "409",
      description = "It was cancelled or superseded",
      content =
          @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemDetail.class)))
  @ApiResponse(
      responseCode = "424",
      description = "It failed",
      content =
          @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemDetail.class)))
  @ApiResponse(
      responseCode = "504",
      description = "Still under way after 50 s: ask again",
      content =
          @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemDetail.class)))
  @interface Result {}
}
