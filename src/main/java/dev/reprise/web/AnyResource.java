package dev.reprise.web;

import dev.reprise.progress.Live;
import dev.reprise.progress.LiveGroup;
import dev.reprise.progress.LiveRestart;
import dev.reprise.restart.AnyRestart;
import io.swagger.v3.oas.annotations.media.Schema;

/** What callers see of a name: one workload's restart, or a group of them. */
@Schema(
    name = "AnyRestart",
    description = "The restart of one workload, or of a group",
    oneOf = {RestartResource.class, GroupResource.class})
sealed interface AnyResource permits RestartResource, GroupResource {

  static AnyResource of(Live live) {
    return switch (live) {
      case LiveRestart restart -> RestartResource.of(restart);
      case LiveGroup group -> GroupResource.of(group);
    };
  }

  /** The same, of a group without those of its members of which nothing is to be told. */
  static AnyResource brief(Live live) {
    return switch (live) {
      case LiveRestart restart -> RestartResource.of(restart);
      case LiveGroup group -> GroupResource.brief(group);
    };
  }

  static String path(AnyRestart restart) {
    return "/namespaces/" + restart.key().namespace() + "/restarts/" + restart.key().name();
  }

  static RestartResource.Links links(AnyRestart restart) {
    String self = path(restart);
    boolean isToGoOn = !restart.isFinished() && !restart.isToBeCancelled();
    return new RestartResource.Links(
        self, self + "/events", self + "/result", isToGoOn ? self + "/cancel" : null);
  }

  /** The same without what changes with the time alone. */
  AnyResource timeless();
}
