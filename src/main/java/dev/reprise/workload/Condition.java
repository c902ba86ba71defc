package dev.reprise.workload;

/** One of the conditions that a controller keeps in a workload's status. */
public record Condition(String type, boolean isTrue, String reason, String message) {}
