package dev.reprise.web;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.http.ProblemDetail;

/** What the calls about workloads may answer, for the OpenAPI document. */
final class WorkloadAnswers {

  private static final String PROBLEM = "application/problem+json";
  private static final String TEXT = "text/plain";
  private static final String JSON = "application/json";

  private WorkloadAnswers() {}

  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @ApiResponse(
      responseCode = "200",
      description = "The workloads",
      content = {
        @Content(mediaType = JSON, schema = @Schema(implementation = WorkloadList.class)),
        @Content(mediaType = TEXT, schema = @Schema(type = "string"))
      })
  @ApiResponse(
      responseCode = "400",
      description = "Malformed; the problem names the field",
      content =
          @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemDetail.class)))
  @ApiResponse(
      responseCode = "404",
      description = "No such namespace, or one that this service does not cover",
      content =
          @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemDetail.class)))
  @ApiResponse(
      responseCode = "503",
      description = "Not everything has been listed yet: ask again",
      content =
          @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemDetail.class)))
  @interface ListOfWorkloads {}

  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @ApiResponse(
      responseCode = "200",
      description = "The workload, with the plan of every strategy",
      content = {
        @Content(mediaType = JSON, schema = @Schema(implementation = WorkloadResource.class)),
        @Content(mediaType = TEXT, schema = @Schema(type = "string"))
      })
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
      responseCode = "422",
      description = "The cluster has no such kind",
      content =
          @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemDetail.class)))
  @ApiResponse(
      responseCode = "502",
      description = "The API server refused the read",
      content =
          @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemDetail.class)))
  @ApiResponse(
      responseCode = "503",
      description = "The API server does not answer",
      content =
          @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemDetail.class)))
  @interface OneWorkload {}
}
