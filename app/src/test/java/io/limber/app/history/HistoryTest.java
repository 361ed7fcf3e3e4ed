package io.limber.app.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.limber.app.history.RunStatus.State;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HistoryTest {

  private final History history = new History(RunStatus.of(State.RUNNING));

  private void add(Metric metric, String source, long step, double value) {
    history.add(Report.of(source, step, Map.of(metric, value)), Instant.EPOCH);
  }

  @Test
  void curve_ofAMillionValues_isShortAndKeepsItsPeaks() throws IOException {
    double sum = 0;
    for (int i = 0; i < 1_000_000; i++) {
      double value = i == 617_000 ? 1e6 : i == 3 ? -5 : i % 7;
      sum += value;
      add(Metric.LEARNER_LOSS, "learner-0", i, value);
    }

    Replica page = new Replica();
    long start = System.nanoTime();
    page.catchUp(history);
    double seconds = (System.nanoTime() - start) / 1e9;

    List<Object> buckets = page.series().get("learner/loss@learner-0");
    assertThat(buckets).hasSizeBetween(Series.MOST_BUCKETS / 2, Series.MOST_BUCKETS);
    assertThat(column(buckets, 2)).contains(-5.0);
    assertThat(column(buckets, 3)).contains(1e6);
    // all buckets but the last hold 1,024 values each; the last one's share is off by less
    double mean = column(buckets, 1).stream().mapToDouble(v -> v).average().orElseThrow();
    assertThat(mean).isCloseTo(sum / 1_000_000, within(0.01));
    // a page of a run of a million points is to open within a second; this is its server's part
    assertThat(seconds).isLessThan(1);
  }

  private static List<Double> column(List<Object> buckets, int index) {
    return buckets.stream()
        .map(bucket -> ((Number) ((List<?>) bucket).get(index)).doubleValue())
        .toList();
  }

  @Test
  void pages_thatLookAtAnyMoments_allEndWithTheSame() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    Replica often = new Replica();
    Replica seldom = new Replica();
    for (int i = 0; i < 20_000; i++) {
      Metric metric = random.nextInt(3) == 0 ? Metric.REPLAY_SIZE : Metric.LEARNER_LOSS;
      add(metric, "source-" + random.nextInt(2), i, random.nextDouble());
      if (random.nextInt(500) == 0) {
        history.note(Instant.EPOCH, "control", "pause");
      }
      if (random.nextInt(20) == 0) {
        often.catchUp(history);
      }
      if (random.nextInt(3000) == 0) {
        seldom.catchUp(history);
      }
    }
    often.catchUp(history);
    seldom.catchUp(history);

    Replica late = new Replica();
    late.catchUp(history);
    assertThat(late.series()).hasSize(4);
    assertThat(often.series()).isEqualTo(late.series());
    assertThat(seldom.series()).isEqualTo(late.series());
    assertThat(late.notes()).isNotEmpty();
    assertThat(often.notes()).isEqualTo(late.notes());
    assertThat(seldom.notes()).isEqualTo(late.notes());
  }

  @Test
  void value_thatIsNotFinite_leavesTheMeanOfItsNeighboursAlone() throws IOException {
    add(Metric.LEARNER_LOSS, "learner-0", 1, Double.NaN);
    for (int i = 0; i < Series.MOST_BUCKETS; i++) {
      add(Metric.LEARNER_LOSS, "learner-0", 2 + i, 4);
    }

    Replica page = new Replica();
    page.catchUp(history);

    // the first bucket was merged of NaN and 4
    assertThat(page.series().get("learner/loss@learner-0").get(0)).isEqualTo(List.of(2, 4));
  }

  @Test
  void sources_beyondAllMeasure_areCountedNotKept() throws IOException {
    for (int i = 0; i < History.MOST_SERIES + 10; i++) {
      add(Metric.QUEUE_DEPTH, "source-" + i, 1, 0);
    }

    assertThat(Replica.text(history, 0)).contains("\"refused\":10,");
  }

  @Test
  void notes_areKeptToABound() throws IOException {
    for (int i = 0; i < 2 * History.MOST_NOTES; i++) {
      history.note(Instant.EPOCH, "control", "note " + i);
    }

    Replica page = new Replica();
    page.catchUp(history);
    assertThat(page.notes()).hasSize(History.MOST_NOTES);
  }
}
