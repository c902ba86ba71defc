package dev.reprise.web;

import dev.reprise.restart.AnyRestart;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A part of a list of restarts, the newest first; without a token it is the last part. */
record RestartPage(List<AnyRestart> restarts, @Nullable String continueToken) {

  private static final Comparator<Place> NEWEST_FIRST =
      Comparator.comparing(Place::requestedAt).reversed().thenComparing(Place::name);

  /** The page of {@code found} that follows the token; any replica can make it. */
  static RestartPage of(List<AnyRestart> found, int limit, @Nullable String token) {
    Predicate<Place> isLater = token == null ? _ -> true : after(Place.parse(token));
    List<AnyRestart> rest =
        found.stream()
            .sorted(Comparator.comparing(Place::of, NEWEST_FIRST))
            .filter(restart -> isLater.test(Place.of(restart)))
            .limit(limit + 1L)
            .toList();
    List<AnyRestart> page = rest.subList(0, Math.min(limit, rest.size()));
    return new RestartPage(page, rest.size() > limit ? Place.of(page.getLast()).token() : null);
  }

  private static Predicate<Place> after(Place last) {
    return place -> NEWEST_FIRST.compare(place, last) > 0;
  }

  /** Where a restart stands in the list; it doesn't move when others come or go. */
  private record Place(Instant requestedAt, String name) {

    static Place of(AnyRestart restart) {
      return new Place(restart.requestedAt(), restart.key().toString());
    }

    String token() {
      return ContinueToken.of(requestedAt + " " + name);
    }

    static Place parse(String token) {
      String text = ContinueToken.placeOf(token);
      try {
        int space = text.indexOf(' ');
        return new Place(
            Instant.parse(text.substring(0, Math.max(space, 0))), text.substring(space + 1));
      } catch (DateTimeParseException _) {
        throw ContinueToken.invalid();
      }
    }
  }
}
