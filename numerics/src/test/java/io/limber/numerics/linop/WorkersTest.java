package io.limber.numerics.linop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class WorkersTest {

  @Test
  void forEach_anyThreads_runsEachTaskOnce() {
    for (int threads = 1; threads <= 4; threads++) {
      try (var workers = Workers.of(threads)) {
        var runs = new AtomicIntegerArray(100);

        workers.forEach(100, runs::incrementAndGet);

        for (int i = 0; i < 100; i++) {
          assertThat(runs.get(i)).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void forEach_failingTask_fails() {
    try (var workers = Workers.of(2)) {
      assertThatThrownBy(
              () ->
                  workers.forEach(
                      50,
                      task -> {
                        throw new ArithmeticException("task");
                      }))
          .isInstanceOfAny(ArithmeticException.class, IllegalStateException.class)
          .hasMessageContaining("task");
    }
  }

  @Test
  void of_noThread_isRefused() {
    assertThatThrownBy(() -> Workers.of(0)).hasMessage("threads 0 must be at least 1");
  }
}
