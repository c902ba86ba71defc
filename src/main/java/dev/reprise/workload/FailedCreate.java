package dev.reprise.workload;

import java.time.Instant;

/**
 * That a controller could not create a pod, or what it creates with it, as it says in an Event on
 * the workload. Of a StatefulSet or a DaemonSet nothing else tells: they have no conditions.
 *
 * @param message what the API server said, in the controller's words
 * @param at when it last happened, in whole seconds
 */
public record FailedCreate(String message, Instant at) {}
