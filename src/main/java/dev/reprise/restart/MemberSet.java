package dev.reprise.restart;

import java.util.BitSet;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * Some of a group's members, by their place in its list, counted from 0. Its text, {@code 0-57,60},
 * stays short as long as they follow on one another.
 */
public final class MemberSet {

  public static final MemberSet NONE = new MemberSet(new BitSet());

  private final BitSet places;

  private MemberSet(BitSet places) {
    this.places = places;
  }

  public static MemberSet of(IntStream places) {
    BitSet all = new BitSet();
    places.forEach(all::set);
    return new MemberSet(all);
  }

  /**
   * From the text that {@link #toString} gives; empty for none.
   *
   * @throws IllegalArgumentException when it is no such text
   */
  public static MemberSet parse(String text) {
    BitSet places = new BitSet();
    for (String range : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      String[] ends = range.split("-", 2);
      int first = place(ends[0]);
      int last = place(ends[ends.length - 1]);
      if (last < first) {
        throw new IllegalArgumentException("A range begins with its lower end");
      }
      places.set(first, last + 1);
    }
    return new MemberSet(places);
  }

  private static int place(String text) {
    int place = Integer.parseInt(text);
    if (place < 0 || place >= GroupSpec.MOST_MEMBERS) {
      throw new IllegalArgumentException("There is no such place in a group");
    }
    return place;
  }

  public boolean contains(int place) {
    return places.get(place);
  }

  public MemberSet and(MemberSet others) {
    BitSet both = (BitSet) places.clone();
    both.or(others.places);
    return new MemberSet(both);
  }

  public IntStream stream() {
    return places.stream();
  }

  public int size() {
    return places.cardinality();
  }

  public boolean isEmpty() {
    return places.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MemberSet set && places.equals(set.places);
  }

  @Override
  public int hashCode() {
    return places.hashCode();
  }

  @Override
  public String toString() {
    StringJoiner ranges = new StringJoiner(",");
    for (int first = places.nextSetBit(0); first >= 0; ) {
      int end = places.nextClearBit(first);
      ranges.add(end - first == 1 ? "" + first : first + "-" + (end - 1));
      first = places.nextSetBit(end);
    }
    return ranges.toString();
  }
}
