package io.limber.numerics.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.limber.core.config.InvalidSettingException;
import io.limber.core.intervention.Firing;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NaP on 6-7-5-4 with layer norms. */
class ProjectWeightsTest {

  private static final String NORMED = "network.layer-norm = true, ";

  @TempDir Path folder;

  @Test
  void apply_hiddenLayers_haveTheirInitialNormsAndDirections() {
    Trained start = Trained.with(NORMED, 0, folder.resolve("start"));
    Trained before = Trained.with(NORMED, 3, folder.resolve("before"));
    Trained after =
        Trained.with(NORMED + "interventions.nap.when = once 9", 3, folder.resolve("after"));

    for (List<String> piece :
        List.of(
            List.of("dense-0/kernel"),
            List.of("dense-1/kernel"),
            List.of("layer-norm-0/gamma", "layer-norm-0/beta"),
            List.of("layer-norm-1/gamma", "layer-norm-1/beta"))) {
      double factor = norm(start, piece) / norm(before, piece);
      assertThat(Math.abs(factor - 1)).as("moved " + piece).isGreaterThan(1e-6);
      for (String tensor : piece) {
        for (int i = 0; i < start.size(tensor); i++) {
          int place = start.offset(tensor) + i;
          // one rounding of a number of size 1
          assertThat((double) after.online()[place])
              .as(tensor)
              .isCloseTo(before.online()[place] * factor, within(1e-7));
        }
      }
    }
    assertThat(after.slots()).isEqualTo(before.slots());
  }

  @Test
  void apply_headAndBiases_areLeftAlone() {
    Trained before = Trained.with(NORMED, 3, folder.resolve("before"));
    Trained after =
        Trained.with(NORMED + "interventions.nap.when = once 9", 3, folder.resolve("after"));

    for (String tensor :
        List.of("dense-0/bias", "dense-1/bias", "dense-2/kernel", "dense-2/bias")) {
      for (int i = 0; i < before.size(tensor); i++) {
        int place = before.offset(tensor) + i;
        assertThat(after.online()[place]).as(tensor).isEqualTo(before.online()[place]);
      }
    }
    assertThat(after.firings())
        .contains(
            new Firing("nap", "dense-0", 9, 1, 0, 42), new Firing("nap", "dense-1", 9, 1, 0, 35))
        .noneMatch(firing -> firing.part().equals("dense-2"));
  }

  @Test
  void apply_withHead_projectsItToo() {
    Trained start = Trained.with(NORMED, 0, folder.resolve("start"));
    Trained after =
        Trained.with(
            NORMED + "interventions.nap { when = every 3, head = true }",
            5,
            folder.resolve("after"));

    List<String> head = List.of("dense-2/kernel");
    assertThat(norm(after, head)).isCloseTo(norm(start, head), within(1e-6));
  }

  @Test
  void nap_withoutLayerNorms_isRefused() {
    assertThatThrownBy(() -> Trained.with("interventions.nap.when = every 3", 0, folder))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("limber.interventions.nap needs a layer norm before every");
  }

  private static double norm(Trained agent, List<String> tensors) {
    double squares = 0;
    for (String tensor : tensors) {
      for (int i = 0; i < agent.size(tensor); i++) {
        squares += Math.pow(agent.online()[agent.offset(tensor) + i], 2);
      }
    }
    return Math.sqrt(squares);
  }
}
