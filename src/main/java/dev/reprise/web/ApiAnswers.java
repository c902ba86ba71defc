package dev.reprise.web;

import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What each call may answer, for the OpenAPI document. Each {@code ref} names one of the responses
 * in {@code openapi/answers.yaml}.
 */
final class ApiAnswers {

  private ApiAnswers() {}

  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @ApiResponse(responseCode = "202", ref = "Begun")
  @ApiResponse(responseCode = "200", ref = "Ended")
  @ApiResponse(responseCode = "400", ref = "InvalidRequest")
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "404", ref = "NoSuchWorkload")
  @ApiResponse(responseCode = "409", ref = "Conflict")
  @ApiResponse(responseCode = "415", ref = "NotJson")
  @ApiResponse(responseCode = "422", ref = "NoEffect")
  @ApiResponse(responseCode = "429", ref = "Cooldown")
  @ApiResponse(responseCode = "502", ref = "Refused")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  @ApiResponse(responseCode = "504", ref = "MaybeRecorded")
  @interface Start {}

  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @ApiResponse(responseCode = "202", ref = "Cancelling")
  @ApiResponse(responseCode = "200", ref = "EndedCancelled")
  @ApiResponse(responseCode = "400", ref = "InvalidRequest")
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "404", ref = "RestartNotFound")
  @ApiResponse(responseCode = "409", ref = "AlreadyFinished")
  @ApiResponse(responseCode = "502", ref = "NotCancelled")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  @ApiResponse(responseCode = "504", ref = "MaybeRecorded")
  @interface Cancel {}

  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @ApiResponse(responseCode = "200", ref = "Restart")
  @ApiResponse(responseCode = "304", ref = "NotModified")
  @ApiResponse(responseCode = "400", ref = "InvalidRequest")
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "404", ref = "RestartNotFound")
  @ApiResponse(responseCode = "502", ref = "NotAsked")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  @interface Get {}

  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @ApiResponse(responseCode = "200", ref = "Succeeded")
  @ApiResponse(responseCode = "400", ref = "InvalidRequest")
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "404", ref = "RestartNotFound")
  @ApiResponse(responseCode = "409", ref = "Superseded")
  @ApiResponse(responseCode = "424", ref = "Failed")
  @ApiResponse(responseCode = "429", ref = "TooManyStreams")
  @ApiResponse(responseCode = "502", ref = "NotAsked")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  @ApiResponse(responseCode = "504", ref = "NotFinished")
  @interface Result {}

  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @ApiResponse(responseCode = "200", ref = "Events")
  @ApiResponse(responseCode = "204", ref = "EndSeen")
  @ApiResponse(responseCode = "400", ref = "InvalidRequest")
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "404", ref = "RestartNotFound")
  @ApiResponse(responseCode = "429", ref = "TooManyStreams")
  @ApiResponse(responseCode = "502", ref = "NotAsked")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  @interface Events {}

  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @ApiResponse(responseCode = "200", ref = "Restarts")
  @ApiResponse(responseCode = "400", ref = "InvalidRequest")
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "502", ref = "NotAsked")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  @interface ListOfRestarts {}

  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @ApiResponse(responseCode = "200", ref = "Workloads")
  @ApiResponse(responseCode = "400", ref = "InvalidRequest")
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "404", ref = "NoSuchWorkload")
  @ApiResponse(responseCode = "502", ref = "NotAsked")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  @interface ListOfWorkloads {}

  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @ApiResponse(responseCode = "200", ref = "Workload")
  @ApiResponse(responseCode = "400", ref = "InvalidRequest")
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "404", ref = "NoSuchWorkload")
  @ApiResponse(responseCode = "422", ref = "NoSuchKind")
  @ApiResponse(responseCode = "502", ref = "ReadRefused")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  @interface OneWorkload {}
}
