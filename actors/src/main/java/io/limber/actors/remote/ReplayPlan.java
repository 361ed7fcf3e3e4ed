package io.limber.actors.remote;

import io.limber.core.replay.ReplaySettings;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.protos.MalformedDataException;

/**
 * Sizes of what goes between a run and its replay table. Both sides compute the same. Immutable.
 *
 * @param spec of a transition
 * @param replay the table's settings
 * @param maxBlockBytes transitions in one message
 */
record ReplayPlan(TransitionSpec spec, ReplaySettings replay, int maxBlockBytes) {

  static ReplayPlan of(OpenedTable opened) {
    return new ReplayPlan(
        opened.table().spec(), opened.hosted().replay(), opened.hosted().cluster().maxBlockBytes());
  }

  /** How a writer's chunk is cut. */
  BlockPlan chunkBlocks() {
    return BlockPlan.of(spec, replay.insertSize(), maxBlockBytes);
  }

  /** How a batch is cut. */
  BlockPlan batchBlocks() {
    return BlockPlan.of(spec, replay.sampleSize(), maxBlockBytes);
  }

  /** How these rows are cut. */
  BlockPlan blocksOf(Transitions rows) {
    return BlockPlan.of(spec, rows.capacity(), maxBlockBytes);
  }

  Transitions newBlock() {
    return new Transitions(spec, chunkBlocks().rows());
  }

  Transitions newBatch() {
    return new Transitions(spec, replay.sampleSize());
  }

  /**
   * @throws MalformedDataException if no buffer could hold so many
   */
  Transitions newRows(int rows) throws MalformedDataException {
    if (rows < 1 || (long) rows * spec.bytes() > Integer.MAX_VALUE) {
      throw new MalformedDataException("a draw of " + rows + " transitions");
    }
    return new Transitions(spec, rows);
  }
}
