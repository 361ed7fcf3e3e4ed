package io.limber.numerics.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.env.ObservationSpace;
import io.limber.core.random.SeededRandom;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.numerics.agent.SmallTask;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Observations;
import io.limber.numerics.network.TestNetworks;
import io.limber.numerics.objective.Objective;
import io.limber.numerics.objective.ObjectiveSettings;
import io.limber.numerics.objective.ReferenceObjective;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapProgramTest {

  private static final int ROWS = 20;
  private static final Observations OBSERVATIONS =
      new Observations(new ObservationSpace(List.of(6), ObservationSpace.ElementType.UINT8));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kind = dqn",
        "kind = double-dqn",
        "output = categorical, kind = double-dqn",
        "output = categorical, categorical.projection = hl-gauss",
        "output = categorical, categorical.projection = c51",
        "kind = classification"
      })
  void of_eachObjective_isActionAndTarget(String objective) {
    ObjectiveSettings settings =
        SmallTask.settings(
                "objective { categorical { bins = 5, min = -2, max = 2 }, " + objective + " }")
            .objective();
    Objective tested = Objective.of(settings, 3);
    Network network = tested.agent(TestNetworks.dense(6, 7, 5, tested.outputs()));
    ReferenceObjective reference = new ReferenceObjective(settings, 3);
    ReferenceModel model = model(reference.outputs());
    SeededRandom random = new SeededRandom(3);
    double[] online = parameters(network, random);
    double[] target = parameters(network, random);
    Transitions batch = transitions(random);
    BootstrapProgram.export(folder, network, OBSERVATIONS, tested);
    try (BootstrapProgram program =
        BootstrapProgram.load(folder, Case.device(), network, OBSERVATIONS)) {
      BootstrapProgram.Result result =
          program.of(snapshot(network, online), snapshot(network, target), batch);
      int width = 1 + tested.targetWidth();
      for (int row = 0; row < ROWS; row++) {
        double[] expected =
            reference.target(
                batch.rewards().get(row),
                batch.discounts().get(row),
                model.output(target, next(batch, row)),
                model.output(online, next(batch, row)));
        assertThat(result.targets()[width * row]).isEqualTo(batch.actions().get(row));
        double value = 0;
        for (int i = 0; i < expected.length; i++) {
          // float32 outputs of size 10 before they enter
          assertThat((double) result.targets()[width * row + 1 + i])
              .isCloseTo(expected[i], within(1e-5));
          value += expected[i] * (expected.length == 1 ? 1 : -2 + i);
        }
        assertThat((double) result.values()[row]).isCloseTo(value, within(2e-5));
      }
    }
  }

  private static ReferenceModel model(int outputs) {
    return new ReferenceModel(
        new ReferenceLayer.Dense(6, 7),
        new ReferenceLayer.Relu(),
        new ReferenceLayer.Dense(7, 5),
        new ReferenceLayer.Relu(),
        new ReferenceLayer.Dense(5, outputs));
  }

  private static double[] parameters(Network network, SeededRandom random) {
    double[] p = new double[network.layout().size()];
    for (int i = 0; i < p.length; i++) {
      p[i] = (float) random.nextGaussian();
    }
    return p;
  }

  private static ParameterSnapshot snapshot(Network network, double[] p) {
    float[] values = new float[p.length];
    for (int i = 0; i < p.length; i++) {
      values[i] = (float) p[i];
    }
    return ParameterSnapshot.owning(0, network.layout(), values);
  }

  private static Transitions transitions(SeededRandom random) {
    // room for more rows than there are: only the rows in use may count
    Transitions batch = new Transitions(new TransitionSpec(6), ROWS + 5);
    for (int i = 0; i < ROWS * 6; i++) {
      batch.sT().put(i, (byte) random.nextInt(256));
    }
    for (int row = 0; row < ROWS; row++) {
      batch.actions().put(row, random.nextInt(3));
      batch.rewards().put(row, (float) random.nextGaussian());
      batch.discounts().put(row, random.nextInt(4) == 0 ? 0 : 1);
    }
    batch.setSize(ROWS);
    return batch;
  }

  private static double[] next(Transitions batch, int row) {
    double[] x = new double[6];
    for (int i = 0; i < x.length; i++) {
      x[i] = (batch.sT().get(row * 6 + i) & 0xff) / 255.0;
    }
    return x;
  }
}
