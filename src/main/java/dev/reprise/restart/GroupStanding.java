package dev.reprise.restart;

import dev.reprise.restart.GroupStatus.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the members of a group stand at one moment, each as its own Restart tells. */
public record GroupStanding(List<Standing> members, int skipped) {

  private static final int TOLD = 3;

  public GroupStanding {
    members = List.copyOf(members);
  }

  /** How far a member has come. */
  public enum State {
    /** Nothing has been done for it. */
    Waiting,
    /** It may begin, or has begun, and has not ended. */
    Running,
    Succeeded,
    Failed,
    Cancelled,
    Superseded
  }

  /**
   * One member.
   *
   * @param place in the group's list, from 0
   * @param restart null where it is not made yet, not known, or was deleted
   */
  public record Standing(int place, Member member, State state, @Nullable Restart restart) {}

  /**
   * By what is known of the members' Restarts.
   *
   * @param known the Restart of that name, where it is known
   */
  public static GroupStanding of(
      RestartGroup group, Function<RestartKey, Optional<Restart>> known) {
    List<Member> members = group.status().members();
    List<Standing> standings = new ArrayList<>(members.size());
    for (int place = 0; place < members.size(); place++) {
      standings.add(standing(group, place, members.get(place), known));
    }
    return new GroupStanding(standings, group.status().skipped().size());
  }

  private static Standing standing(
      RestartGroup group, int place, Member member, Function<RestartKey, Optional<Restart>> known) {
    GroupStatus status = group.status();
    if (status.lost().contains(place)) {
      return new Standing(place, member, State.Failed, null);
    }
    if (!status.begun().contains(place) && !status.starting().contains(place)) {
      return new Standing(place, member, State.Waiting, null);
    }
    return known
        .apply(group.keyOf(member))
        .map(restart -> new Standing(place, member, stateOf(restart), restart))
        .orElseGet(() -> new Standing(place, member, State.Running, null));
  }

  private static State stateOf(Restart restart) {
    return switch (restart.phase()) {
      case Pending, Progressing -> State.Running;
      case Succeeded -> State.Succeeded;
      case Failed -> State.Failed;
      case Cancelled -> State.Cancelled;
      case Superseded -> State.Superseded;
    };
  }

  public Stream<Standing> in(State state) {
    return members.stream().filter(member -> member.state() == state);
  }

  /** Those that have ended, and not as they should have. */
  public Stream<Standing> unsuccessful() {
    return members.stream()
        .filter(member ->
            switch (member.state()) {
              case Waiting, Running, Succeeded -> false;
              case Failed, Cancelled, Superseded -> true;
            });
  }

  /**
   * The counts, and the first of those that have not succeeded.
   *
   * @param counts those of {@link #counts()}
   */
  public String words(GroupCounts counts) {
    List<String> names = unsuccessful().map(GroupStanding::told).toList();
    return names.isEmpty() ? counts.words() : counts.words() + ": " + someOf(names);
  }

  private static String told(Standing member) {
    return member.restart() == null
        ? "%s (its Restart was deleted)".formatted(member.member().target())
        : "%s (%s)".formatted(member.member().target(), member.restart().status().reason());
  }

  /** The first three, and how many more there are. */
  public static String someOf(List<String> all) {
    String some = all.stream().limit(TOLD).collect(Collectors.joining(", "));
    return all.size() > TOLD ? "%s and %d more".formatted(some, all.size() - TOLD) : some;
  }

  public GroupCounts counts() {
    Map<State, Long> counts =
        members.stream().collect(Collectors.groupingBy(Standing::state, Collectors.counting()));
    return new GroupCounts(
        count(counts, State.Waiting),
        count(counts, State.Running),
        count(counts, State.Succeeded),
        count(counts, State.Failed),
        count(counts, State.Cancelled),
        count(counts, State.Superseded),
        skipped);
  }

  private static int count(Map<State, Long> counts, State state) {
    return Math.toIntExact(counts.getOrDefault(state, 0L));
  }
}
