package dev.reprise.web;

import dev.reprise.progress.Live;
import dev.reprise.progress.LiveGroup;
import dev.reprise.progress.LiveRestart;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Renders a Restart once for all who follow it. */
@Component
class Rendering {

  private final JsonMapper json;

  Rendering(JsonMapper json) {
    this.json = json;
  }

  Rendered render(Live live) {
    AnyResource resource = AnyResource.brief(live);
    return new Rendered(
        etag(resource),
        json.writeValueAsString(resource),
        switch (live) {
          case LiveRestart restart -> RestartLine.of(restart);
          case LiveGroup group -> GroupText.line(group);
        });
  }

  /** The same for whoever looks and for whoever follows. */
  String etag(Live live) {
    return etag(AnyResource.brief(live));
  }

  /** Weak (RFC 9110, 8.8.1): the time that has gone by is not told by it. */
  private String etag(AnyResource resource) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(
                  json.writeValueAsString(resource.timeless()).getBytes(StandardCharsets.UTF_8));
      return "W/\"" + HexFormat.of().formatHex(hash, 0, 12) + "\"";
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256", impossible);
    }
  }
}
