package io.limber.app.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.app.batch.Cell;
import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.InvalidConfigException;
import io.limber.app.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepFileTest {

  @TempDir private Path folder;

  @Test
  void agents_ofTwoAxesAndSeeds_areAllCombinations() throws IOException {
    List<Cell> agents =
        agents(
            """
            sweep {
              axes {
                environment.kind = [true-label, random-label]
                optimizer = [
                  { label = default, optimizer.kind = adam }
                  { optimizer { kind = sgd, learning-rate = 0.1 } }
                ]
              }
              seeds = 3
            }
            limber.run.updates = 500
            """);

    assertThat(agents).hasSize(2 * 2 * 3);
    assertThat(agents).extracting(Cell::key).doesNotHaveDuplicates();
    assertThat(agents)
        .extracting(Cell::label)
        .contains(
            "environment.kind=true-label optimizer=default seed=1",
            "environment.kind=random-label"
                + " optimizer=optimizer.kind=\"sgd\", optimizer.learning-rate=0.1 seed=3");
    assertThat(agents)
        .allSatisfy(agent -> assertThat(settings(agent).run().updates()).isEqualTo(500));
    assertThat(agents).extracting(agent -> settings(agent).seed()).containsOnly(1L, 2L, 3L);
  }

  @Test
  void layers_ofASweep_winInTheOrderOfTheirNearness() throws IOException {
    Path file = write("sweep.seeds = [5]\nlimber { run.updates = 500, seed = 9 }");
    Assignment updates = Assignment.parse("--set", "run.updates=700");
    Assignment seed = Assignment.parse("--set", "seed=8");

    Cell agent =
        SweepFile.read(file)
            .agents(new ConfigSources(Optional.empty(), List.of(), List.of(updates, seed)))
            .get(0);

    assertThat(settings(agent).run().updates()).isEqualTo(700); // the flag over the file
    assertThat(settings(agent).seed()).isEqualTo(5); // the axis over both
  }

  @Test
  void include_ofAFile_isPartOfTheBase() throws IOException {
    Files.writeString(folder.resolve("base.conf"), "limber.run.updates = 600");

    List<Cell> agents = agents("include \"base.conf\"\nsweep.seeds = 2");

    assertThat(agents)
        .allSatisfy(agent -> assertThat(settings(agent).run().updates()).isEqualTo(600));
  }

  @Test
  void combinations_thatMeanTheSame_areOneAgent() throws IOException {
    assertThat(agents("sweep.axes.network.hidden-widths = [[8], [8], [9]]")).hasSize(2);
  }

  @Test
  void withSeeds_replacesTheSeedsOfTheFile() throws IOException {
    SweepFile sweep = SweepFile.read(write("sweep.seeds = [7, 8]")).withSeeds(3);

    assertThat(sweep.agents(ConfigSources.defaults()))
        .extracting(Cell::label)
        .containsExactly("seed=1", "seed=2", "seed=3");
  }

  @Test
  void files_thatCannotBeMeant_areRefusedByName() throws IOException {
    assertThatThrownBy(() -> SweepFile.read(folder.resolve("none.conf")))
        .isInstanceOf(SweepFileException.class)
        .hasMessageContaining("none.conf must be there");
    assertRefused("limber.seed = 1", "a sweep must have sweep.axes, sweep.seeds or both");
    assertRefused("sweep { sedes = 2 }", "sweep.sedes must be a key that exists");
    assertRefused("sweep.seeds = 0", "seeds = 0 must lie in [1, 100000]");
    assertRefused("sweep.axes.seed = []", "sweep.axes.seed = [] must be a list with at least one");
    assertRefused("sweep.axes.seed = 3", "sweep.axes.seed = 3 must be a list");
    assertRefused("sweep.axes.seed = [1, {seed = 2}]", "either values or sections, not both");
    assertRefused(
        "sweep { seeds = 50000, axes.run.updates = [100, 200, 300] }", "more than 100,000 agents");
    assertRefused("sweep { seeds = 2", "Expecting close brace");
  }

  @Test
  void agents_thatCannotWork_areAllNamedBeforeAnyStarts() {
    assertThatThrownBy(
            () ->
                agents(
                    """
                    sweep.axes.optimizer.learning-rate = [0.1, -1, -2]
                    sweep.seeds = 3
                    """))
        .isInstanceOfSatisfying(
            InvalidConfigException.class,
            refused -> assertThat(refused.problems()).hasSize(2)) // not once for each seed
        .hasMessageContaining("limber.optimizer.learning-rate = -1");
    assertThatThrownBy(() -> agents("sweep.axes.optimizer.kid = [adam]"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("optimizer.kid")
        .hasMessageContaining("nearest: limber.optimizer.kind");
  }

  @Test
  void falsification_asItIsShipped_has128Agents() {
    Path file = Path.of(System.getenv("LIMBER_ROOT"), "conf", "sweeps", "falsification.conf");

    assertThat(SweepFile.read(file).agents(ConfigSources.defaults())).hasSize(128);
  }

  private void assertRefused(String text, String message) throws IOException {
    Path file = write(text);
    assertThatThrownBy(() -> SweepFile.read(file))
        .isInstanceOf(SweepFileException.class)
        .hasMessageContaining("sweep.conf")
        .hasMessageContaining(message);
  }

  private List<Cell> agents(String text) throws IOException {
    return SweepFile.read(write(text)).agents(ConfigSources.defaults());
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("sweep.conf"), text);
  }

  private static Settings settings(Cell agent) {
    return Settings.check(agent.config().limber());
  }
}
