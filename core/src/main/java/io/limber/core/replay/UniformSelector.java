package io.limber.core.replay;

import io.limber.core.random.SeededRandom;

/** Every item is equally likely, in constant time and memory. */
final class UniformSelector implements Selector {

  private int size;

  @Override
  public void put(int slot) {
    size = Math.max(size, slot + 1);
  }

  @Override
  public void select(int[] slots, int count, SeededRandom random) {
    if (size == 0) {
      throw new IllegalStateException("cannot select: no item was put yet");
    }
    for (int i = 0; i < count; i++) {
      slots[i] = random.nextInt(size); // rejects, so without modulo bias
    }
  }

  @Override
  public void checkInvariants(int tableSize) {
    if (size != tableSize) {
      throw new IllegalStateException(
          "selector knows " + size + " items, the table holds " + tableSize);
    }
  }
}
