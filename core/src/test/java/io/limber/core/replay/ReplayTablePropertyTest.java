package io.limber.core.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.random.SeededRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Random operations on a table and on the simplest thing that could be one: a queue of numbers. */
class ReplayTablePropertyTest {

  private static final int INSERT_SIZE = 4;
  private static final int SAMPLE_SIZE = 6;

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void table_randomOperations_behavesLikeAQueue(
      @ForAll @IntRange(min = 4, max = 40) int capacity,
      @ForAll @IntRange(min = 1, max = 8) int ratioTimesTwo,
      @ForAll @IntRange(min = 0, max = 20) int tolerance,
      @ForAll @IntRange(min = 1, max = 16) int rowsPerSegment,
      @ForAll @Size(max = 120) List<@IntRange(min = 0, max = 7) Integer> operations) {
    int minSize = 1 + (capacity - 1) / 2;
    var settings =
        Rows.settings(capacity, minSize, ratioTimesTwo / 2.0, tolerance, INSERT_SIZE, SAMPLE_SIZE);
    int segmentBytes = rowsPerSegment * TransitionStore.rowBytes(Rows.SPEC);
    try (var table =
        ReplayTable.create(settings, Rows.SPEC, new SeededRandom(capacity), segmentBytes)) {
      var run = new Run(table, capacity);
      for (int operation : operations) {
        run.apply(operation);
        run.compare();
      }
    }
  }

  /** One table and its model. */
  private static final class Run {

    private final ReplayTable table;
    private final int capacity;
    private final Deque<Integer> model = new ArrayDeque<>();
    private final SeededRandom probe = new SeededRandom(3);
    private int next;
    private long sampled;

    private Run(ReplayTable table, int capacity) {
      this.table = table;
      this.capacity = capacity;
    }

    private void apply(int operation) {
      if (operation == 0 && !model.isEmpty()) {
        var batch = new Transitions(Rows.SPEC, 3);
        table.peek(batch, probe);
        expectRows(batch, 3);
      } else if (operation <= INSERT_SIZE && table.canInsert()) {
        insert(Math.max(1, operation));
      } else if (table.canSample()) {
        var batch = new Transitions(Rows.SPEC, SAMPLE_SIZE);
        table.sample(batch);
        sampled += SAMPLE_SIZE;
        expectRows(batch, SAMPLE_SIZE);
      }
    }

    private void insert(int rows) {
      table.insert(Rows.chunk(next, rows));
      for (int i = 0; i < rows; i++) {
        model.addLast(next++);
        if (model.size() > capacity) {
          model.removeFirst();
        }
      }
    }

    private void expectRows(Transitions batch, int rows) {
      assertThat(batch.size()).isEqualTo(rows);
      for (int row = 0; row < rows; row++) {
        assertThat(Rows.number(batch, row)).isBetween(model.getFirst(), model.getLast());
      }
    }

    private void compare() {
      table.checkInvariants();
      assertThat(table.size()).isEqualTo(model.size());
      assertThat(table.inserted()).isEqualTo(next);
      assertThat(table.sampled()).isEqualTo(sampled);
      assertThat(table.canInsert() || table.canSample()).isTrue();
    }
  }
}
