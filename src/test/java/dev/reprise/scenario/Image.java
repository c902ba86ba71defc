package dev.reprise.scenario;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the Dockerfile makes, made without a container engine: its own commands, carried out in a
 * folder.
 */
final class Image {

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final String CACHE = "app.aot";

  private final Path layers;
  private final Path app;
  private final List<String> dockerfile;

  private Image(Path folder) throws IOException {
    layers = folder.resolve("layers");
    app = folder.resolve("app");
    dockerfile = Files.readAllLines(Path.of("Dockerfile"));
  }

  /** Takes the jar apart and makes the cache; there is nobody at the API server's address. */
  static Image build(Path folder) throws IOException, InterruptedException {
    Image image = new Image(folder);
    image.extract();
    image.copyLayers();
    image.train();
    return image;
  }

  private void extract() throws IOException, InterruptedException {
    String line = only("java -Djarmode=tools ").strip().substring("&& ".length());
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    words.set(0, JAVA);
    words.replaceAll(word -> word.equals("target/reprise-*.jar") ? jar().toString() : word);
    words.replaceAll(word -> word.equals("/layers") ? layers.toString() : word);
    run(words, Path.of("").toAbsolutePath());
  }

  private void copyLayers() throws IOException {
    Files.createDirectories(app);
    for (String line : lines("COPY --from=build /layers/")) {
      String layer = line.split("/layers/")[1].split("/")[0];
      if (Files.isDirectory(layers.resolve(layer))) {
        FileSystemUtils.copyRecursively(layers.resolve(layer), app);
      }
    }
  }

  private void train() throws IOException, InterruptedException {
    run(words(only("RUN [").substring("RUN ".length())), app);
  }

  /** The entry point of the image. */
  List<String> entryPoint() {
    return words(only("ENTRYPOINT ").substring("ENTRYPOINT ".length()));
  }

  /** The same without the cache. */
  List<String> entryPointWithoutCache() {
    return entryPoint().stream().filter(word -> !word.startsWith("-XX:AOTCache=")).toList();
  }

  /** The exit code of another main class of it. */
  int run(String main, Object argument) throws IOException, InterruptedException {
    return new ProcessBuilder(JAVA, "-cp", "app.jar", main, argument.toString())
        .directory(app.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  Path folder() {
    return app;
  }

  Path cache() {
    return app.resolve(CACHE);
  }

  private List<String> words(String json) {
    return Stream.of(JsonMapper.shared().readValue(json, String[].class))
        .map(word -> word.replace("/usr/bin/java", JAVA))
        .map(word -> word.replace("/tmp/" + CACHE, cache().toString()))
        .toList();
  }

  private String only(String beginning) {
    List<String> found = lines(beginning);
    if (found.size() != 1) {
      throw new AssertionError("The Dockerfile has %s of '%s'".formatted(found, beginning));
    }
    return found.getFirst();
  }

  private List<String> lines(String part) {
    return dockerfile.stream().filter(line -> line.contains(part)).toList();
  }

  private static Path jar() {
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(Path.of("target"), "reprise-*.jar")) {
      return jars.iterator().next().toAbsolutePath();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void run(List<String> words, Path folder)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new AssertionError(words + "\n" + output);
    }
  }
}
