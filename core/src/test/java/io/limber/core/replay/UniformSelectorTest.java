package io.limber.core.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.random.SeededRandom;
import org.junit.jupiter.api.Test;

class UniformSelectorTest {

  private final UniformSelector selector = new UniformSelector();

  @Test
  void select_overAllSlots_isUniform() {
    int slots = 1000;
    int perSlot = 1000;
    put(slots);

    int[] drawn = new int[slots * perSlot];
    selector.select(drawn, drawn.length, new SeededRandom(1));

    long[] counts = new long[slots];
    for (int slot : drawn) {
      counts[slot]++;
    }
    double chiSquare = 0;
    for (long count : counts) {
      chiSquare += Math.pow(count - perSlot, 2) / perSlot;
    }
    // 999 degrees of freedom: mean 999, standard deviation √(2·999) ≈ 45; four of them either way,
    // because draws that are too even are not random either
    assertThat(chiSquare).isBetween(999.0 - 180, 999.0 + 180);
  }

  @Test
  void select_equalSeeds_drawsEqualSlots() {
    put(10);
    int[] first = new int[100];
    int[] second = new int[100];

    selector.select(first, 100, new SeededRandom(7));
    selector.select(second, 100, new SeededRandom(7));

    assertThat(first).isEqualTo(second).contains(0, 9);
  }

  @Test
  void select_nothingPut_isRefused() {
    assertThatThrownBy(() -> selector.select(new int[1], 1, new SeededRandom(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no item was put yet");
  }

  @Test
  void put_replacingASlot_keepsTheSize() {
    put(3);
    selector.put(0);

    selector.checkInvariants(3);
    assertThatThrownBy(() -> selector.checkInvariants(4))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("3 items, the table holds 4");
  }

  private void put(int slots) {
    for (int slot = 0; slot < slots; slot++) {
      selector.put(slot);
    }
  }
}
