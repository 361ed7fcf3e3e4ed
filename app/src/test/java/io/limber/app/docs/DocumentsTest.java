package io.limber.app.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.limber.app.cli.Limber;
import io.limber.core.metrics.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents go stale in silence; here they fail the build. */
class DocumentsTest {

  private static final Path ROOT = Path.of(System.getenv("LIMBER_ROOT"));
  private static final Set<String> MAVEN_GOALS =
      Set.of("verify", "test", "package", "spotless:apply");

  /** Made by runs and downloads, so not there in a fresh checkout. */
  private static final Set<String> MADE_LATER =
      Set.of(
          "runs",
          "studies",
          "data",
          "events",
          "probes",
          "snapshots",
          "checkpoints",
          "handover",
          "RUN");

  private static final Set<String> METRIC_IDS =
      Arrays.stream(Metric.values()).map(Metric::id).collect(Collectors.toSet());

  static List<Document> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CHANGELOG.md")),
              docs.filter(path -> path.toString().endsWith(".md")))
          .map(DocumentsTest::read)
          .toList();
    }
  }

  private static Document read(Path path) {
    try {
      return Document.read(path);
    } catch (IOException e) {
      throw new IllegalStateException(path + " cannot be read", e);
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void links_ofADocument_leadToFiles(Document document) {
    assertThat(document.links())
        .allSatisfy(link -> assertThat(document.path().resolveSibling(link).normalize()).exists());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void paths_ofADocument_exist(Document document) {
    List<String> paths = document.spans().stream().filter(DocumentsTest::looksLikeAPath).toList();

    assertThat(paths).allSatisfy(path -> assertThat(ROOT.resolve(path).normalize()).exists());
  }

  private static boolean looksLikeAPath(String span) {
    boolean words = span.matches("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+/?|[A-Za-z-]+/");
    return words && !MADE_LATER.contains(span.split("/")[0]) && !METRIC_IDS.contains(span);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void commands_ofADocument_areAcceptedByTheCommandLine(Document document) {
    assertThat(document.commands())
        .allSatisfy(
            command -> {
              List<String> words = List.of(command.split("\\s+"));
              if (words.get(0).endsWith("limber")) {
                parse(words.subList(1, words.size()));
              } else if (words.get(0).equals("mvn")) {
                assertThat(mavenGoals(command)).isSubsetOf(MAVEN_GOALS);
              }
            });
  }

  private static List<String> mavenGoals(String command) {
    String goals = command.replaceAll("^mvn|\\s-pl \\S+|\\s-\\S+", " ").strip();
    return List.of(goals.split("\\s+"));
  }

  private static void parse(List<String> words) {
    List<String> arguments =
        words.stream().takeWhile(word -> !Set.of(">", "|", "&&", "2>").contains(word)).toList();
    assertThatCode(() -> Limber.commandLine().parseArgs(arguments.toArray(String[]::new)))
        .as("limber " + String.join(" ", arguments))
        .doesNotThrowAnyException();
  }
}
