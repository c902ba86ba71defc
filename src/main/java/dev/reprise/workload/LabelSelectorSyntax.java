package dev.reprise.workload;

import dev.reprise.workload.LabelSelector.Operator;
import dev.reprise.workload.LabelSelector.Requirement;
import dev.reprise.workload.SelectorTokens.Token;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Label selectors as {@code kubectl -l} takes them: {@code app=web,tier in (front, back),!canary}.
 * They mean what Kubernetes makes of them (apimachinery, {@code labels.Parse}); a list of values
 * may have more empty ones at its end than there. Comparisons of numbers are not taken.
 */
public final class LabelSelectorSyntax {

  private final SelectorTokens tokens;

  private LabelSelectorSyntax(String text) {
    tokens = new SelectorTokens(text);
  }

  /**
   * The selector that {@code text} writes; one without requirements when it is blank.
   *
   * @throws IllegalArgumentException saying in a sentence what is wrong and where; it has no
   *     control characters, whatever the text has
   */
  public static LabelSelector parse(String text) {
    return new LabelSelector(new LabelSelectorSyntax(text).requirements());
  }

  private List<Requirement> requirements() {
    List<Requirement> requirements = new ArrayList<>();
    if (tokens.next().isEnd()) {
      return requirements;
    }
    do {
      requirements.add(requirement());
    } while (tokens.takeIf(","));
    if (!tokens.next().isEnd()) {
      throw tokens.next().unexpected("a comma or the end");
    }
    return requirements;
  }

  private Requirement requirement() {
    if (tokens.takeIf("!")) {
      return new Requirement(key(), Operator.DoesNotExist, Set.of());
    }
    String key = key();
    Token operator = tokens.next();
    if (operator.isEnd() || operator.is(",")) {
      return new Requirement(key, Operator.Exists, Set.of());
    }
    tokens.take();
    return switch (operator.text()) {
      case "=", "==" -> new Requirement(key, Operator.In, Set.of(value()));
      case "!=" -> new Requirement(key, Operator.NotIn, Set.of(value()));
      case "in" -> new Requirement(key, Operator.In, values());
      case "notin" -> new Requirement(key, Operator.NotIn, values());
      case "<", ">" -> throw operator.refused("compares numbers, which is not supported");
      default -> throw operator.unexpected("=, ==, !=, in, notin or a comma");
    };
  }

  private String key() {
    Token key = tokens.next();
    if (!key.isWord()) {
      throw key.unexpected("a label key");
    }
    tokens.take();
    refuseWhere(LabelSyntax.wrongWithKey(key.text()), key, "is no label key");
    return key.text();
  }

  /** Empty where the next requirement or the end follows at once. */
  private String value() {
    Token value = tokens.next();
    if (value.isEnd() || value.is(",")) {
      return "";
    }
    if (!value.isWord()) {
      throw value.unexpected("a label value");
    }
    return valueOf(value);
  }

  private Set<String> values() {
    if (!tokens.takeIf("(")) {
      throw tokens.next().unexpected("an opening parenthesis");
    }
    Set<String> values = new LinkedHashSet<>();
    do {
      values.add(tokens.next().isWord() ? valueOf(tokens.next()) : "");
    } while (tokens.takeIf(","));
    if (!tokens.takeIf(")")) {
      throw tokens.next().unexpected("a comma or a closing parenthesis");
    }
    return values;
  }

  private String valueOf(Token value) {
    tokens.take();
    refuseWhere(LabelSyntax.wrongWithValue(value.text()), value, "is no label value");
    return value.text();
  }

  private static void refuseWhere(Optional<String> wrong, Token token, String what) {
    if (wrong.isPresent()) {
      throw token.refused(what + ": " + wrong.get());
    }
  }
}
