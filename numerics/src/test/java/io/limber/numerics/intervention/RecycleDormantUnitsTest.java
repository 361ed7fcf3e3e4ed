package io.limber.numerics.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.limber.core.intervention.Firing;
import io.limber.core.replay.Transitions;
import io.limber.numerics.agent.SmallTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ReDo against scores and places written out in double precision. */
class RecycleDormantUnitsTest {

  private static final String REDO =
      "interventions.redo { when = once 3, dormant-threshold = 0.6 }";
  private static final String CNN =
      "network { kind = cnn, cnn { filters = [4], kernel-sizes = [3], strides = [1],"
          + " dense-widths = [6] } }, ";

  @TempDir Path folder;

  @Test
  void apply_mlp_restartsDormantUnitsAndNothingElse() {
    Trained without = Trained.with("", 1, folder.resolve("without"));
    Trained with = Trained.with(REDO, 1, folder.resolve("with"));
    PlainMlp mlp = new PlainMlp(without.online(), 6, 7, 5, 4);
    List<Integer> first = dormant(mlp.meanSizes(SmallTask.transitions(12, 0), 1));
    List<Integer> second = dormant(mlp.meanSizes(SmallTask.transitions(12, 0), 2));

    Places places = new Places(without);
    places.unit("dense-0", 6, 7, first);
    places.rows("dense-1/kernel", 7, 5, first);
    places.unit("dense-1", 7, 5, second);
    places.rows("dense-2/kernel", 5, 4, second);
    places.check(with);
    assertThat(first.size() + second.size()).isPositive();
    assertThat(with.firings())
        .extracting(Firing::part, Firing::units)
        .containsExactly(tuple("dense-0", first.size()), tuple("dense-1", second.size()));
  }

  @Test
  void apply_cnn_channelsFeedARowPerPixelBehindTheFlatten() {
    Trained without = Trained.with(CNN, 1, folder.resolve("without"));
    Trained with = Trained.with(CNN + REDO, 1, folder.resolve("with"));
    List<Integer> channels = dormant(channelSizes(without, SmallTask.transitions(12, 0)));

    Places places = new Places(without);
    places.unit("conv-0", 9, 4, channels);
    List<Integer> rows = new ArrayList<>();
    for (int pixel = 0; pixel < 6; pixel++) {
      for (int channel : channels) {
        rows.add(pixel * 4 + channel);
      }
    }
    places.rows("dense-0/kernel", 24, 6, rows);
    places.ignore("dense-0", "dense-1"); // units of the dense layer: the first test
    places.check(with);
    assertThat(channels).isNotEmpty().hasSizeLessThan(4);
    assertThat(with.firings().get(0).units()).isEqualTo(channels.size());
  }

  @Test
  void apply_thresholdZero_replacesDeadUnitsOnly() {
    Trained without = Trained.with("", 1, folder.resolve("without"));
    Trained with =
        Trained.with(
            "interventions.redo { when = once 3, dormant-threshold = 0 }",
            1,
            folder.resolve("with"));

    double[] sizes =
        new PlainMlp(without.online(), 6, 7, 5, 4).meanSizes(SmallTask.transitions(12, 0), 1);
    int dead = (int) Arrays.stream(sizes).filter(size -> size == 0).count();
    // a unit reads 6 inputs and a bias and feeds 5 units
    assertThat(with.firings().get(0))
        .isEqualTo(new Firing("redo", "dense-0", 3, 1, dead, 12L * dead));
    assertThat(dead).isBetween(1, 6);
  }

  private static List<Integer> dormant(double[] sizes) {
    double sum = 0;
    for (double size : sizes) {
      sum += size;
    }
    List<Integer> units = new ArrayList<>();
    for (int unit = 0; unit < sizes.length; unit++) {
      if (sizes[unit] / (sum / sizes.length) <= 0.6) {
        units.add(unit);
      }
    }
    return units;
  }

  /** Mean |relu(convolution)| per channel: 2x3 pixels, 3x3x1x4, stride 1, zeros around. */
  private static double[] channelSizes(Trained agent, Transitions batch) {
    float[] p = agent.online();
    double[] sizes = new double[4];
    for (int row = 0; row < batch.size(); row++) {
      for (int at = 0; at < 24; at++) {
        int channel = at % 4;
        double z = p[36 + channel];
        for (int tap = 0; tap < 9; tap++) {
          int y = at / 4 / 3 + tap / 3 - 1;
          int x = at / 4 % 3 + tap % 3 - 1;
          if (y >= 0 && y < 2 && x >= 0 && x < 3) {
            z += p[tap * 4 + channel] * (batch.sTm1().get(row * 6 + y * 3 + x) & 0xff) / 255.0;
          }
        }
        sizes[channel] += Math.max(z, 0) / (6 * batch.size());
      }
    }
    return sizes;
  }

  /** Which numbers a replacement may have changed, and how. */
  private static final class Places {

    private final Trained before;
    private final BitSet drawn = new BitSet();
    private final BitSet zero = new BitSet();
    private final BitSet ignored = new BitSet();

    Places(Trained before) {
      this.before = before;
    }

    void unit(String layer, int in, int out, List<Integer> units) {
      for (int unit : units) {
        for (int row = 0; row < in; row++) {
          drawn.set(before.offset(layer + "/kernel") + row * out + unit);
        }
        zero.set(before.offset(layer + "/bias") + unit);
      }
    }

    void rows(String kernel, int in, int out, List<Integer> rows) {
      assertThat(before.size(kernel)).isEqualTo(in * out);
      for (int row : rows) {
        zero.set(before.offset(kernel) + row * out, before.offset(kernel) + (row + 1) * out);
      }
    }

    void ignore(String... layers) {
      for (String layer : layers) {
        for (String tensor : List.of(layer + "/kernel", layer + "/bias")) {
          ignored.set(before.offset(tensor), before.offset(tensor) + before.size(tensor));
        }
      }
    }

    /** Layer by layer: what a new unit reads of a new unit before it is drawn. */
    void check(Trained after) {
      int size = before.online().length;
      for (int i = 0; i < size; i++) {
        if (ignored.get(i)) {
          continue;
        }
        String place = "parameter " + i;
        boolean touched = zero.get(i) || drawn.get(i);
        for (int slot = i; slot < 2 * size; slot += size) {
          assertThat(after.slots()[slot]).as(place).isEqualTo(touched ? 0 : before.slots()[slot]);
        }
        if (drawn.get(i)) {
          assertThat(after.online()[i]).as(place).isNotZero().isNotEqualTo(before.online()[i]);
        } else if (zero.get(i)) {
          assertThat(after.online()[i]).as(place).isZero();
        } else {
          assertThat(after.online()[i]).as(place).isEqualTo(before.online()[i]);
        }
      }
    }
  }
}
