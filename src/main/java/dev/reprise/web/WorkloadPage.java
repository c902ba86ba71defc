package dev.reprise.web;

import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A part of a list of workloads, by kind and name; without a token it is the last part. */
record WorkloadPage(List<WorkloadSnapshot> workloads, @Nullable String continueToken) {

  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::kind).thenComparing(Place::name);

  /** The page of {@code found} that follows the token; any replica can make it. */
  static WorkloadPage of(List<WorkloadSnapshot> found, int limit, @Nullable String token) {
    Predicate<Place> isLater = token == null ? _ -> true : after(Place.parse(token));
    List<WorkloadSnapshot> rest =
        found.stream()
            .filter(workload -> isLater.test(Place.of(workload)))
            .sorted(Comparator.comparing(Place::of, ORDER))
            .limit(limit + 1L)
            .toList();
    List<WorkloadSnapshot> page = rest.subList(0, Math.min(limit, rest.size()));
    return new WorkloadPage(page, rest.size() > limit ? Place.of(page.getLast()).token() : null);
  }

  private static Predicate<Place> after(Place last) {
    return place -> ORDER.compare(place, last) > 0;
  }

  /** Where a workload stands in the list. */
  private record Place(String kind, String name) {

    private static final Pattern TEXT = Pattern.compile("[A-Za-z]+/[-.a-z0-9]+");

    static Place of(WorkloadSnapshot workload) {
      WorkloadRef ref = workload.ref();
      return new Place(ref.kind().kind(), ref.name());
    }

    String token() {
      return ContinueToken.of(kind + "/" + name);
    }

    static Place parse(String token) {
      String text = ContinueToken.placeOf(token);
      if (!TEXT.matcher(text).matches()) {
        throw ContinueToken.invalid();
      }
      int slash = text.indexOf('/');
      return new Place(text.substring(0, slash), text.substring(slash + 1));
    }
  }
}
