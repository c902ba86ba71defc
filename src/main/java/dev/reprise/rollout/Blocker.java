package dev.reprise.rollout;

/**
 * What keeps a restart from moving.
 *
 * @param reason one PascalCase word; for a container the kubelet's own
 * @param object what is at fault, for instance {@code Pod checkout-7d4b9-x2x9p}
 * @param message what is wrong with it
 * @param command the next step, ready to paste into a shell
 */
public record Blocker(String reason, String object, String message, String command) {}
