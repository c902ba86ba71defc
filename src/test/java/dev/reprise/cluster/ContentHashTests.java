package dev.reprise.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContentHashTests {

  private final ContentHash hash =
      new ContentHash("a key of at least thirty-two bytes".getBytes(UTF_8));

  @Test
  void ignoresMetadataAndTheOrderOfKeys() {
    assertThat(of("{metadata: {name: x, resourceVersion: '1'}, data: {a: '1', b: '2'}}"))
        .isEqualTo(of("{metadata: {name: x, labels: {l: m}}, data: {b: '2', a: '1'}}"));
  }

  @Test
  void tellsContentsApart() {
    assertThat(of("{data: {a: '1'}}"))
        .isNotEqualTo(of("{data: {a: '2'}}"))
        .isNotEqualTo(of("{data: {b: '1'}}"))
        .isNotEqualTo(of("{binaryData: {a: '1'}}"))
        .isNotEqualTo(of("{}"));
  }

  @Test
  void tellsApartWhatOnlyIsCutDifferently() {
    assertThat(of("{data: {ab: c}}")).isNotEqualTo(of("{data: {a: bc}}"));
    assertThat(of("{data: {a: b, c: d}}")).isNotEqualTo(of("{data: {a: bcd}}"));
  }

  @Test
  void takesNothingForEmpty() {
    assertThat(of("{}")).isEqualTo(of("{data: {}}")).isEqualTo(of("{data: null}"));
  }

  @Test
  void dependsOnTheKey() {
    ContentHash other = new ContentHash("another key with thirty-two bytes".getBytes(UTF_8));

    assertThat(other.of(FakeApiServer.json("{data: {a: '1'}}")))
        .isNotEqualTo(of("{data: {a: '1'}}"));
    assertThat(other.keyId()).isNotEqualTo(hash.keyId());
  }

  private String of(String object) {
    return hash.of(FakeApiServer.json(object));
  }
}
