package dev.reprise.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of shell lines and what they print. Each {@code sh} block is followed by a {@code console}
 * block, whose last line tells the exit code.
 */
final class Runbook {

  private static final Pattern EXIT_CODE = Pattern.compile("# exit code (\\d+)");
  private static final Pattern STANDS_FOR_OTHERS = Pattern.compile("…|<([a-z]+)>| +");

  private Runbook() {}

  /** Some lines of a section and what is to come of them. */
  record Step(String section, int line, String script, List<String> printed, int exitCode) {
    @Override
    public String toString() {
      return section + ", line " + line;
    }
  }

  /**
   * All that there is to run; whatever is not understood is refused, so that nothing is left out.
   */
  static List<Step> steps(String page) {
    List<Step> steps = new ArrayList<>();
    Iterator<Block> blocks = Block.all(page.lines().toList()).iterator();
    while (blocks.hasNext()) {
      Block block = blocks.next();
      assertThat(block.language()).as("block of line " + block.line()).isEqualTo("sh");
      assertThat(blocks).as("what the block of line " + block.line() + " prints").hasNext();
      steps.add(step(block, blocks.next()));
    }
    assertThat(steps).as("blocks to run").isNotEmpty();
    return steps;
  }

  private static Step step(Block script, Block transcript) {
    assertThat(transcript.language()).as("block of line " + transcript.line()).isEqualTo("console");
    List<String> printed = transcript.text();
    Matcher exit = EXIT_CODE.matcher(printed.isEmpty() ? "" : printed.getLast());
    assertThat(exit.matches()).as("exit code in the block of line " + transcript.line()).isTrue();
    return new Step(
        script.section(),
        script.line(),
        String.join("\n", script.text()),
        printed.subList(0, printed.size() - 1),
        Integer.parseInt(exit.group(1)));
  }

  /** What stands between two fences. */
  private record Block(String section, int line, String language, List<String> text) {
    static List<Block> all(List<String> lines) {
      List<Block> blocks = new ArrayList<>();
      String section = "";
      Block open = null;
      for (int index = 0; index < lines.size(); index++) {
        String line = lines.get(index);
        if (open == null && line.startsWith("## ")) {
          section = line.substring(3);
        } else if (open == null && line.strip().startsWith("```")) {
          open = new Block(section, index + 1, line.substring(3), new ArrayList<>());
        } else if (open != null && line.equals("```")) {
          blocks.add(open);
          open = null;
        } else if (open != null) {
          open.text().add(line);
        }
      }
      assertThat(open).as("block without an end").isNull();
      return blocks;
    }
  }

  /**
   * Compares what was printed with what a section says, any number of spaces being as good as one.
   * {@code …} stands for anything, on a line of its own for any lines, and {@code <word>} for one
   * word, the same in the whole section.
   */
  static final class Words {
    private final Map<String, String> known = new HashMap<>();

    void match(String printed, List<String> expected) {
      List<String> named = new ArrayList<>();
      StringBuilder pattern = new StringBuilder();
      for (String line : expected) {
        pattern.append(line.strip().equals("…") ? "(?:.*\\n)*?" : pattern(line, named) + " *\\n");
      }
      Matcher matcher = Pattern.compile(pattern.toString()).matcher(printed);
      assertThat(matcher.matches())
          .as("printed:%n%s%nexpected:%n%s", printed, String.join("\n", expected))
          .isTrue();
      named.forEach(name -> known.put(name, matcher.group(name)));
    }

    private String pattern(String line, List<String> named) {
      Matcher part = STANDS_FOR_OTHERS.matcher(line);
      StringBuilder pattern = new StringBuilder();
      int from = 0;
      while (part.find()) {
        pattern.append(Pattern.quote(line.substring(from, part.start())));
        from = part.end();
        pattern.append(
            switch (part.group()) {
              case "…" -> ".*";
              case String spaces when spaces.isBlank() -> " +";
              default -> word(part.group(1), named);
            });
      }
      return pattern.append(Pattern.quote(line.substring(from))).toString();
    }

    private String word(String name, List<String> named) {
      if (known.containsKey(name)) {
        return Pattern.quote(known.get(name));
      }
      if (named.contains(name)) {
        return "\\k<" + name + ">";
      }
      named.add(name);
      return "(?<" + name + ">[^\\s\"]+?)";
    }
  }
}
