package dev.reprise.restart;

/** The group that a Restart is a member of, as its spec names it. */
public record GroupMembership(String name, String uid) {}
