package dev.reprise.restart;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** The lines of the logger {@code audit}: who asked for what, and how it ended. */
public final class AuditLog {

  private static final Logger AUDIT = LoggerFactory.getLogger("audit");

  /** Not {@code message}: a line of JSON has one of its own, and is not written with two. */
  private static final String DETAIL = "detail";

  private AuditLog() {}

  /** It has come to another phase, such as its end. */
  public static void reached(Restart restart) {
    RestartStatus status = restart.status();
    of(restart, restart.spec().reason())
        .addKeyValue("workload", restart.followed())
        .addKeyValue("phase", status.phase())
        .addKeyValue("reason", status.reason())
        .addKeyValue(DETAIL, value(status.message()))
        .log("A restart has come to another phase");
  }

  /** The same of a group; its members tell of themselves. */
  public static void reached(RestartGroup group) {
    GroupStatus status = group.status();
    of(group, group.spec().reason())
        .addKeyValue("phase", status.phase())
        .addKeyValue("reason", status.reason())
        .addKeyValue(DETAIL, value(status.message()))
        .log("A group has come to another phase");
  }

  private static LoggingEventBuilder of(AnyRestart restart, @Nullable String why) {
    return by(restart.requestedBy())
        .addKeyValue("why", value(why == null ? "" : why))
        .addKeyValue("restart", restart.key());
  }

  /** Somebody has asked that it be cancelled, and it will be. */
  public static void cancelled(Caller caller, RestartKey key) {
    by(caller).addKeyValue("restart", key).log("A restart is to be cancelled");
  }

  /** Somebody was refused for want of a right. */
  public static void denied(Caller caller, String message) {
    by(caller).addKeyValue(DETAIL, value(message)).log("A call was denied");
  }

  private static LoggingEventBuilder by(Caller caller) {
    return AUDIT
        .atInfo()
        .addKeyValue("user", value(caller.user()))
        .addKeyValue("groups", value(String.join(",", caller.groups())));
  }

  /** Logback puts values into double quotes, and escapes none. */
  private static String value(String text) {
    return HarmlessText.of(text).replace('"', '\'');
  }
}
