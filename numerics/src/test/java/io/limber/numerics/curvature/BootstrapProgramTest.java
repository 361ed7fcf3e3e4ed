package io.limber.numerics.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.env.ObservationSpace;
import io.limber.core.random.SeededRandom;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Observations;
import io.limber.numerics.network.TestNetworks;
import io.limber.numerics.objective.ObjectiveSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BootstrapProgramTest {

  private static final int ROWS = 20;
  private static final Network NETWORK = TestNetworks.dense(6, 7, 5, 3);
  private static final ReferenceModel MODEL =
      new ReferenceModel(
          new ReferenceLayer.Dense(6, 7),
          new ReferenceLayer.Relu(),
          new ReferenceLayer.Dense(7, 5),
          new ReferenceLayer.Relu(),
          new ReferenceLayer.Dense(5, 3));
  private static final Observations OBSERVATIONS =
      new Observations(new ObservationSpace(List.of(6), ObservationSpace.ElementType.UINT8));

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(ObjectiveSettings.Kind.class)
  void targets_eachObjective_areActionAndBootstrapValue(ObjectiveSettings.Kind kind) {
    SeededRandom random = new SeededRandom(3);
    double[] online = parameters(random);
    double[] target = parameters(random);
    Transitions batch = transitions(random);
    BootstrapProgram.export(
        folder,
        NETWORK,
        OBSERVATIONS,
        new ObjectiveSettings(kind, ObjectiveSettings.Loss.SQUARED, 1, 0.9));
    try (BootstrapProgram program =
        BootstrapProgram.load(folder, Case.device(), NETWORK, OBSERVATIONS)) {
      float[] targets = program.targets(snapshot(online), snapshot(target), batch);
      for (int row = 0; row < ROWS; row++) {
        double[] values = MODEL.output(target, next(batch, row));
        double[] chooser =
            kind == ObjectiveSettings.Kind.DQN ? values : MODEL.output(online, next(batch, row));
        double expected =
            batch.rewards().get(row) + 0.9 * batch.discounts().get(row) * values[best(chooser)];
        assertThat(targets[2 * row]).isEqualTo(batch.actions().get(row));
        assertThat((double) targets[2 * row + 1]).isCloseTo(expected, within(1e-5));
      }
    }
  }

  private static int best(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  private static double[] parameters(SeededRandom random) {
    double[] p = new double[NETWORK.layout().size()];
    for (int i = 0; i < p.length; i++) {
      p[i] = (float) random.nextGaussian();
    }
    return p;
  }

  private static ParameterSnapshot snapshot(double[] p) {
    float[] values = new float[p.length];
    for (int i = 0; i < p.length; i++) {
      values[i] = (float) p[i];
    }
    return ParameterSnapshot.owning(0, NETWORK.layout(), values);
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
