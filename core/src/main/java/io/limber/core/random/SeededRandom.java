package io.limber.core.random;

import java.util.random.RandomGenerator;

/**
 * SplitMix64: one word of state, so that a checkpoint can keep it. Not thread-safe: one owner.
 *
 * @see "Steele, Lea and Flood (2014), Fast splittable pseudorandom number generators"
 */
public final class SeededRandom implements RandomGenerator {

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  public SeededRandom(long seed) {
    state = seed;
  }

  /** The word to keep; {@code new SeededRandom(state())} goes on with the same numbers. */
  public long state() {
    return state;
  }

  /** Goes on with the numbers that followed when {@link #state} gave this word. */
  public void goOnFrom(long state) {
    this.state = state;
  }

  @Override
  public long nextLong() {
    long z = state += GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
