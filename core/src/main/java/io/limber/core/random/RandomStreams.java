package io.limber.core.random;

import java.nio.charset.StandardCharsets;

/**
 * The root seed of a run and the named substreams drawn from it. A stream depends on the root seed
 * and its own name only, so that adding one does not shift the others.
 *
 * @param rootSeed the run's seed
 */
public record RandomStreams(long rootSeed) {

  /** The seed of the substream {@code name}, for instance {@code environment-0}. */
  public long seed(String name) {
    long hash = 0xcbf29ce484222325L; // FNV-1a, 64 bit
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return mix(rootSeed + mix(hash));
  }

  /** The substream {@code name}. */
  public SeededRandom stream(String name) {
    return new SeededRandom(seed(name));
  }

  /** The streams of a part of the run, independent of those of other parts. */
  public RandomStreams child(String name) {
    return new RandomStreams(seed(name + "/"));
  }

  private static long mix(long z) { // finaliser of SplitMix64 (Steele, Lea and Flood 2014)
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
