package io.limber.app.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.run.Signals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchTest {

  private static final Devices DEVICES =
      Devices.of(EffectiveConfig.resolve(ConfigSources.defaults()));

  private final List<Cell> cells = IntStream.rangeClosed(1, 6).mapToObj(BatchTest::cell).toList();
  private final CompletableFuture<Signals.Signal> stop = new CompletableFuture<>();
  private final RecordingView view = new RecordingView();

  @Test
  void cells_runSoManyAtATimeAsTheyMay() {
    FakeRunner runner = new FakeRunner(3); // three wait for each other, so three must run

    List<CellStatus> ends = run(runner, 3);

    assertThat(runner.most).hasValue(3);
    assertThat(ends).extracting(CellStatus::cell).isEqualTo(cells);
    assertThat(ends).extracting(CellStatus::state).containsOnly(CellState.FINISHED);
    assertThat(view.closed).isTrue();
  }

  @Test
  void finishedCells_areNotRunAgain() {
    FakeRunner runner = new FakeRunner(1);
    runner.done.addAll(List.of(cells.get(0).key(), cells.get(4).key()));

    List<CellStatus> ends = run(runner, 2);

    assertThat(runner.ran).hasSize(4).doesNotContainAnyElementsOf(runner.done);
    assertThat(ends.get(0).state()).isEqualTo(CellState.FINISHED);
    assertThat(ends.get(0).step()).isEqualTo(100);
  }

  @Test
  void cell_thatFails_isToldOfAndStopsNoOther() {
    FakeRunner runner = new FakeRunner(1);
    runner.broken.add(cells.get(1).key());

    List<CellStatus> ends = run(runner, 1);

    assertThat(ends.get(1).state()).isEqualTo(CellState.FAILED);
    assertThat(ends.get(1).details()).isEqualTo("no luck");
    assertThat(Tally.of(ends).text()).isEqualTo("5 finished, 1 failed");
  }

  @Test
  void stop_whileCellsRun_leavesTheOthersWaiting() {
    FakeRunner runner = new FakeRunner(1);
    runner.whileRunning(() -> stop.complete(Signals.Signal.INT));

    List<CellStatus> ends = run(runner, 1);

    assertThat(runner.ran).hasSize(1);
    assertThat(Tally.of(ends).text()).isEqualTo("5 waiting, 1 stopped");
  }

  @Test
  void view_isToldOfBeginningProgressAndEnd() {
    run(new FakeRunner(1), 1);

    assertThat(view.seen)
        .filteredOn(status -> status.cell().equals(cells.get(2)))
        .extracting(status -> status.state() + " " + status.step() + " " + status.details())
        .containsExactly("running 0 ", "running 50 half way", "finished 100 ");
  }

  private List<CellStatus> run(FakeRunner runner, int parallel) {
    return new Batch(Path.of("cells"), runner, DEVICES, parallel).run(cells, view, stop);
  }

  private static Cell cell(int seed) {
    List<Assignment> seeds = List.of(Assignment.parse("--set", "seed=" + seed));
    return Cell.of(
        Map.of("seed", Integer.toString(seed)),
        EffectiveConfig.resolve(new ConfigSources(Optional.empty(), List.of(), seeds)));
  }

  private static final class RecordingView implements BatchView {

    private final List<CellStatus> seen = new ArrayList<>();
    private boolean closed;

    @Override
    public void show(CellStatus changed, List<CellStatus> all) {
      seen.add(changed);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
