package dev.reprise.web;

import dev.reprise.progress.Live;
import dev.reprise.progress.LiveGroup;
import dev.reprise.progress.LiveRestart;
import dev.reprise.restart.DryRun;
import dev.reprise.restart.GroupDryRun;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** JSON, or what a person would read, as the caller accepts it. */
final class Representation {

  private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

  private Representation() {}

  static ResponseEntity<Object> of(
      Live live, @Nullable String accept, ResponseEntity.BodyBuilder answer) {
    return RequestHeaders.prefersText(accept)
        ? text(
            switch (live) {
              case LiveRestart restart -> RestartText.of(restart);
              case LiveGroup group -> GroupText.of(group);
            },
            answer)
        : answer.header(HttpHeaders.VARY, "Accept").body(AnyResource.of(live));
  }

  static ResponseEntity<Object> of(GroupDryRun dryRun, @Nullable String accept) {
    return RequestHeaders.prefersText(accept)
        ? text(GroupDryRunText.of(dryRun), ResponseEntity.ok())
        : ResponseEntity.ok()
            .header(HttpHeaders.VARY, "Accept")
            .body(GroupDryRunResource.of(dryRun));
  }

  static ResponseEntity<Object> of(DryRun dryRun, RestartBody asked, @Nullable String accept) {
    return RequestHeaders.prefersText(accept)
        ? text(DryRunText.of(dryRun, asked), ResponseEntity.ok())
        : ResponseEntity.ok()
            .header(HttpHeaders.VARY, "Accept")
            .body(DryRunResource.of(dryRun, asked));
  }

  static ResponseEntity<Object> text(String text, ResponseEntity.BodyBuilder answer) {
    return answer.header(HttpHeaders.VARY, "Accept").contentType(TEXT).body(text);
  }
}
