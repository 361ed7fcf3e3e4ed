package io.limber.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

  @Test
  void page_committed_isWhatTheListOfMetricsSays() throws IOException {
    Path page = repositoryRoot().resolve("docs/metrics.md");
    if (Boolean.getBoolean("limber.regenerate")) {
      Files.createDirectories(page.getParent());
      Files.writeString(page, MetricsPage.render());
    }

    assertThat(page)
        .as("docs/metrics.md is stale; write it anew with: " + MetricsPage.REGENERATE)
        .hasContent(MetricsPage.render());
  }

  @Test
  void page_rendered_hasARowForEachMetric() {
    String page = MetricsPage.render();

    for (Metric metric : Metric.values()) {
      assertThat(page)
          .containsOnlyOnce("| `" + metric.id() + "` | " + metric.unit())
          .contains(metric.formula());
    }
  }

  /** From the build's environment, or, in an IDE, the nearest folder above with the launcher. */
  private static Path repositoryRoot() {
    String root = System.getenv("LIMBER_ROOT");
    if (root != null) {
      return Path.of(root);
    }
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("core/pom.xml"))) {
      folder = folder.getParent();
      assertThat(folder).as("no folder above holds core/pom.xml").isNotNull();
    }
    return folder;
  }
}
