package io.limber.numerics.reference;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.env.ActionSpace;
import io.limber.core.env.ObservationSpace;
import io.limber.core.random.RandomStreams;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.numerics.agent.NumericsSettings;
import io.limber.numerics.agent.SmallTask;
import io.limber.numerics.agent.TensorFlowAgentFactory;
import io.limber.numerics.curvature.OutputLoss;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Networks;
import io.limber.numerics.network.Observations;
import io.limber.numerics.objective.Objective;
import io.limber.numerics.runtime.ComputeDevice;
import io.limber.numerics.runtime.CpuThreads;
import java.nio.file.Path;
import java.util.List;

/**
 * One network of {@code values.json}, its batch, and what {@code recipe.py} beside that file found:
 * by JAX in float64, without a line of Limber's. Inputs are exact in float32.
 */
public final class ReferenceCase {

  private static final Config VALUES =
      ConfigFactory.parseResources("io/limber/numerics/reference/values.json");

  /** Rows of the batch. */
  public static final int ROWS = VALUES.getInt("rows");

  private static final ActionSpace ACTIONS = new ActionSpace(3);

  private final Config values;
  private final ObservationSpace space;
  private final String architecture;
  private final Network network;

  private ReferenceCase(String name, List<Integer> shape, String architecture) {
    this.architecture = architecture;
    values = VALUES.getConfig(name);
    space = new ObservationSpace(shape, ObservationSpace.ElementType.FLOAT32);
    network = Networks.of(settings("").network(), space, ACTIONS.actions());
  }

  /** {@code mlp}: 6-8-7-3, with dead and dormant units; or {@code cnn}: two convolutions. */
  public static ReferenceCase of(String name) {
    return switch (name) {
      case "mlp" -> new ReferenceCase(name, List.of(6), "network.hidden-widths = [8, 7]");
      case "cnn" ->
          new ReferenceCase(
              name,
              List.of(5, 4, 2),
              "network { kind = cnn, cnn { filters = [3, 2], kernel-sizes = [3, 2], strides = [2, 1],"
                  + " padding = same, dense-widths = [5] } }");
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** Of the network, its TD loss and its probes, all over the whole batch. */
  public NumericsSettings settings(String overrides) {
    String rows = "transitions = " + ROWS;
    return SmallTask.settings(
        String.join(
            ", ",
            architecture,
            "objective { kind = dqn, loss = squared, discount = " + VALUES.getDouble("discount"),
            "huber-threshold = " + VALUES.getDouble("huber-threshold") + " }",
            "hessian." + rows,
            "landscape." + rows,
            "gradient-covariance.examples = " + ROWS,
            "statistics { " + rows,
            "feature-rank-threshold = " + VALUES.getDouble("feature-rank-threshold"),
            "dormant-threshold = " + VALUES.getDouble("dormant-threshold") + " }",
            overrides));
  }

  public TensorFlowAgentFactory factory(String overrides, Path folder) {
    return new TensorFlowAgentFactory(
        settings(overrides), new RandomStreams(7), space, ACTIONS, folder);
  }

  public static ComputeDevice device() {
    return ComputeDevice.choose("cpu", new CpuThreads(2, 1));
  }

  public Network network() {
    return network;
  }

  public Observations observations() {
    return new Observations(space);
  }

  public ParameterSnapshot snapshot() {
    return ParameterSnapshot.owning(0, network.layout(), floats("parameters"));
  }

  public Transitions transitions() {
    Transitions batch = new Transitions(new TransitionSpec(space.bytes()), ROWS);
    batch.sTm1().asFloatBuffer().put(floats("observations"));
    batch.sT().asFloatBuffer().put(floats("next-observations"));
    batch.rewards().put(floats("rewards"));
    batch.discounts().put(floats("discounts"));
    for (int row = 0; row < ROWS; row++) {
      batch.actions().put(row, (int) numbers("actions")[row]);
    }
    batch.setSize(ROWS);
    return batch;
  }

  public Objective objective(String overrides) {
    return Objective.of(settings(overrides).objective(), ACTIONS.actions());
  }

  /** The loss that the recipe calls so. */
  public OutputLoss loss(String name) {
    return switch (name) {
      case "probe" -> OutputLoss.probe();
      case "curvature" -> OutputLoss.ownOutputs();
      case "td-squared" -> OutputLoss.of(objective("objective.loss = squared"));
      case "td-huber" -> OutputLoss.of(objective("objective.loss = huber"));
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** What that loss takes beside the outputs, [rows, targetWidth]. */
  public float[] targets(String loss) {
    return switch (loss) {
      case "probe" -> floats("targets");
      case "curvature" -> floats("noise");
      default -> actionsAndBootstrapValues();
    };
  }

  private float[] actionsAndBootstrapValues() {
    float[] pairs = new float[2 * ROWS];
    for (int row = 0; row < ROWS; row++) {
      pairs[2 * row] = floats("actions")[row];
      pairs[2 * row + 1] = floats("bootstrap")[row];
    }
    return pairs;
  }

  public double value(String path) {
    return values.getDouble(path);
  }

  public double[] numbers(String path) {
    return values.getDoubleList(path).stream().mapToDouble(Double::doubleValue).toArray();
  }

  private float[] floats(String path) {
    double[] numbers = numbers(path);
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }
}
