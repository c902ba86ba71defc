package dev.reprise.web;

import dev.reprise.progress.Live;

/** How those who follow a restart are told of it; an empty text tells them nothing. */
sealed interface StreamFormat permits ServerSentEvents, StatusLines {
  String contentType();

  /** Once, before anything else. */
  String opening();

  String change(Live live, Rendered rendered);

  /** While nothing changes, so that the connection stays and is seen to be alive. */
  String heartbeat();

  /** The restart was deleted; the last that is told. */
  String gone();

  /** The service is about to stop; the last that is told. */
  String stopping();
}
