package io.limber.core.replay;

import io.limber.core.random.SeededRandom;

/**
 * Chooses which stored items a batch holds. It knows slots only, never their contents; the table
 * tells it of every change. Not thread-safe: owned by one table.
 *
 * <p>A selector must cost the same whatever the table's capacity, or grow with its logarithm.
 */
interface Selector {

  /**
   * {@code slot} holds a new item. Slots are taken from 0 upward while the table fills; afterwards
   * each call replaces the oldest item in place, so the slots in use are always [0, size).
   */
  void put(int slot);

  /**
   * Draws with replacement into the first {@code count} places of {@code slots}.
   *
   * @param random the only source of randomness: equal states give equal draws
   * @throws IllegalStateException if nothing was put yet
   */
  void select(int[] slots, int count, SeededRandom random);

  /**
   * Checks what it remembers against the table.
   *
   * @param size items in the table
   * @throws IllegalStateException naming what is broken
   */
  void checkInvariants(int size);
}
