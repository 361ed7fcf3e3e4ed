package io.limber.benchmarks.numerics;

import java.util.stream.IntStream;

/** How fast memory is copied from array to array, far past the caches. */
final class CopyBandwidth {

  /** A quarter of a gigabyte per array. */
  private static final int NUMBERS = 1 << 25;

  private static final int COPIES = 8;

  private CopyBandwidth() {}

  /** Bytes read and bytes written, together, of the fastest of a few copies. */
  static double bytesPerSecond(int threads) {
    double[] from = new double[NUMBERS];
    double[] to = new double[NUMBERS];
    double best = Double.POSITIVE_INFINITY;
    for (int copy = 0; copy < COPIES; copy++) {
      long start = System.nanoTime();
      copy(from, to, threads);
      best = Math.min(best, (System.nanoTime() - start) / 1e9);
    }
    return 2.0 * NUMBERS * Double.BYTES / best;
  }

  private static void copy(double[] from, double[] to, int threads) {
    int part = NUMBERS / threads;
    Thread[] copiers =
        IntStream.range(0, threads)
            .mapToObj(i -> new Thread(() -> System.arraycopy(from, i * part, to, i * part, part)))
            .toArray(Thread[]::new);
    for (Thread copier : copiers) {
      copier.start();
    }
    for (Thread copier : copiers) {
      join(copier);
    }
  }

  private static void join(Thread copier) {
    try {
      copier.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while copying", e);
    }
  }
}
