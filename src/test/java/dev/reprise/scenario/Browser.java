package dev.reprise.scenario;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * A headless Chromium, driven as a person would: by what can be seen and clicked. Uses the browser
 * and the chromedriver that are installed, and never downloads any.
 */
final class Browser implements AutoCloseable {

  static final String MISSING =
      "Swagger UI is not tried: there is no Chromium with its chromedriver on the PATH. On Debian:"
          + " apt-get install chromium chromium-driver";

  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final List<String> DRIVERS = List.of("chromedriver");
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 1000;

  /**
   * Nothing but the page is fetched; the sandbox can't be set up by root, as in a CI's container.
   */
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--window-size=%d,%d".formatted(WIDTH, HEIGHT));

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Whether a test that needs one should run: also where one is missing that must not be. */
  static boolean isThereOrRequired() {
    boolean isThere = installed(BROWSERS).isPresent() && installed(DRIVERS).isPresent();
    if (!isThere) {
      // Maven doesn't print why a test is skipped.
      System.err.println(MISSING);
    }
    return isThere || isRequired();
  }

  private static boolean isRequired() {
    return "true".equals(System.getenv("CI"))
        || "required".equals(System.getProperty("reprise.browser"));
  }

  static Browser open() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(found(BROWSERS).toFile());
    options.addArguments(FLAGS);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(found(DRIVERS).toFile())
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  void goTo(URI address) {
    driver.get(address.toString());
  }

  /** What the element says, once it can be seen. */
  String read(String css) {
    return seen(css, WebElement::getText);
  }

  boolean shows(String css) {
    return driver.findElements(By.cssSelector(css)).stream().anyMatch(WebElement::isDisplayed);
  }

  void click(String css) {
    seen(
        css,
        element -> {
          element.click();
          return element;
        });
  }

  /** Types {@code text} in the place of what a field holds. */
  void fill(String css, String text) {
    seen(
        css,
        field -> {
          field.sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
          return field;
        });
  }

  /** Keeps a picture of the whole page. */
  void keepScreenshot(Path file) {
    long height =
        (long)
            driver.executeScript(
                "window.scrollTo(0, 0);"
                    + "return document.body.scrollHeight + window.outerHeight - window.innerHeight");
    driver.manage().window().setSize(new Dimension(WIDTH, (int) height));
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      driver.manage().window().setSize(new Dimension(WIDTH, HEIGHT));
    }
  }

  @Override
  public void close() {
    driver.quit();
  }

  /** Does it again when the page has meanwhile drawn the element anew, or another in front. */
  private <T> T seen(String css, Function<WebElement, T> use) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptionsInstanceOf(WebDriverException.class)
        .until(
            () -> {
              WebElement element = driver.findElement(By.cssSelector(css));
              driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
              return element.isDisplayed() ? use.apply(element) : null;
            },
            Objects::nonNull);
  }

  private static Path found(List<String> names) {
    return installed(names).orElseThrow(() -> new IllegalStateException(MISSING));
  }

  private static Optional<Path> installed(List<String> names) {
    return names.stream().flatMap(Browser::onThePath).findFirst();
  }

  private static Stream<Path> onThePath(String name) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable);
  }
}
