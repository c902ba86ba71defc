package dev.reprise.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * What the faults of a test run did. Kept in {@code target/faults/}, and printed when the run ends.
 */
final class FaultTable implements AutoCloseable {

  private static final Path FILE = Path.of("target", "faults", "table.md");

  private final List<Row> rows = new ArrayList<>();

  /**
   * @param number of the fault, see {@code docs/faults.md}
   * @param injected what was done, with its numbers
   */
  private record Row(int number, String injected, Tally tally) {}

  /** Gives tests the table of their run. */
  static final class Extension implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == FaultTable.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getStore(
              StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.create(FaultTable.class))
          .computeIfAbsent(FaultTable.class, _ -> new FaultTable(), FaultTable.class);
    }
  }

  /** Adds a line, whether the test then fails or not. */
  synchronized void add(int number, String injected, Tally tally) {
    rows.add(new Row(number, injected, tally));
    write();
  }

  private void write() {
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text() {
    return """
    | fault | injected | restarts asked for | carried out | doubled | lost |
    |---|---|---|---|---|---|
    """
        + rows.stream()
            .sorted(Comparator.comparingInt(Row::number))
            .map(FaultTable::line)
            .collect(Collectors.joining());
  }

  private static String line(Row row) {
    Tally tally = row.tally();
    return "| %d | %s | %d | %d | %d | %d |%n"
        .formatted(
            row.number(),
            row.injected(),
            tally.asked(),
            tally.carriedOut(),
            tally.doubled(),
            tally.lost());
  }

  @Override
  public synchronized void close() {
    System.err.println("What the faults did:\n" + text());
  }
}
