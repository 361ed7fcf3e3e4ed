package io.limber.numerics.network;

import io.limber.core.agent.ParameterLayout;
import io.limber.core.random.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Layers in topological order with fixed input shape: all that a program needs to know of an
 * architecture. Place 0 is the observation, place i the output of the i-th stage, and the last
 * place the network's output; every other place has a stage that takes it. A {@link NetworkBuilder}
 * makes one.
 */
public final class Network {

  /**
   * A layer in its place.
   *
   * @param place of its output
   * @param inputs places of its inputs, each before its own
   * @param inputShape of one example, the same for all inputs
   * @param outputShape of one example
   * @param from its first parameter in the layout's order
   * @param to after its last
   */
  public record Stage(
      Layer layer,
      int place,
      List<Integer> inputs,
      List<Integer> inputShape,
      List<Integer> outputShape,
      int from,
      int to) {

    public Stage {
      inputs = List.copyOf(inputs);
      inputShape = List.copyOf(inputShape);
      outputShape = List.copyOf(outputShape);
    }

    /** The layer's own among all {@code parameters}. */
    public <T> List<T> own(List<T> parameters) {
      return parameters.subList(from, to);
    }

    /** Whether it learns. */
    public boolean hasParameters() {
      return to > from;
    }

    /** What is at the places of its inputs. */
    public <T> List<T> inputs(List<T> places) {
      List<T> own = new ArrayList<>();
      inputs.forEach(place -> own.add(places.get(place)));
      return own;
    }

    private String describe() {
      return inputs.equals(List.of(place - 1))
          ? layer.describe()
          : layer.describe()
              + inputs.stream().map(String::valueOf).collect(Collectors.joining(",", "(", ")"));
    }
  }

  private final List<Integer> inputShape;
  private final List<Stage> stages;
  private final List<ParameterSpec> specs;
  private final Initializer initializer;
  private final ParameterLayout layout;

  Network(
      List<Integer> inputShape,
      List<Stage> stages,
      List<ParameterSpec> specs,
      List<String> names,
      Initializer initializer) {
    this.inputShape = inputShape;
    this.stages = List.copyOf(stages);
    this.specs = List.copyOf(specs);
    this.initializer = initializer;
    List<ParameterLayout.Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      tensors.add(new ParameterLayout.Tensor(names.get(i), specs.get(i).shape()));
    }
    layout = new ParameterLayout(architecture(), tensors);
  }

  /** Other stages over the parameters of {@code whole}. */
  private Network(Network whole, List<Stage> stages, ParameterLayout layout) {
    inputShape = whole.inputShape;
    specs = whole.specs;
    initializer = whole.initializer;
    this.stages = List.copyOf(stages);
    this.layout =
        layout == null ? new ParameterLayout(architecture(), whole.layout.tensors()) : layout;
  }

  /**
   * This network with one more layer behind its output.
   *
   * @param layer with one input and nothing to learn
   */
  public Network followedBy(Layer layer) {
    if (!layer.parameters(outputShape()).isEmpty()) {
      throw new IllegalArgumentException(layer.describe() + " learns, so it needs a builder");
    }
    int from = specs.size();
    List<Stage> more = new ArrayList<>(stages);
    more.add(
        new Stage(
            layer,
            stages.size() + 1,
            List.of(stages.size()),
            outputShape(),
            layer.outputShape(outputShape()),
            from,
            from));
    return new Network(this, more, null);
  }

  /**
   * The part whose output is at {@code place}, over the same parameters and of the same layout.
   *
   * @throws IllegalArgumentException if a layer behind that place learns
   */
  public Network upTo(int place) {
    List<Stage> behind = stages.subList(place, stages.size());
    if (place < 1 || behind.stream().anyMatch(Stage::hasParameters)) {
      throw new IllegalArgumentException(
          layout.architecture() + " has parameters behind place " + place);
    }
    return new Network(this, stages.subList(0, place), layout);
  }

  public ParameterLayout layout() {
    return layout;
  }

  /** Shape of one observation. */
  public List<Integer> inputShape() {
    return inputShape;
  }

  /** Shape of one output. */
  public List<Integer> outputShape() {
    return shape(stages.size());
  }

  /** Shape of what is at a place, of one example. */
  public List<Integer> shape(int place) {
    return place == 0 ? inputShape : stages.get(place - 1).outputShape();
  }

  /** The learned tensors, in the layout's order. */
  public List<ParameterSpec> parameters() {
    return specs;
  }

  Initializer initializer() {
    return initializer;
  }

  /** Places in the layout of the tensors that an optimiser trains. */
  public List<Integer> trained() {
    List<Integer> trained = new ArrayList<>();
    for (Stage stage : stages) {
      for (int i = stage.from(); stage.layer().isTrained() && i < stage.to(); i++) {
        trained.add(i);
      }
    }
    return trained;
  }

  /** Name of a layer with parameters, for instance {@code dense-0}. */
  public String name(Stage stage) {
    String tensor = layout.tensors().get(stage.from()).name();
    return tensor.substring(0, tensor.lastIndexOf('/'));
  }

  /** Whether a layer norm stands between each nonlinearity and the kernel before it. */
  public boolean normalisesUnits() {
    return stages.stream()
        .filter(stage -> stage.layer().isNonlinearity())
        .allMatch(this::isNormalised);
  }

  private boolean isNormalised(Stage nonlinearity) {
    Stage stage = nonlinearity;
    while (stage.layer().keepsUnits() && stage.inputs().get(0) > 0) {
      stage = stages.get(stage.inputs().get(0) - 1);
      if (stage.layer() instanceof LayerNorm) {
        return true;
      }
    }
    return false;
  }

  /** Whether the output for an example depends on the other examples of the batch. */
  public boolean couplesExamples() {
    return stages.stream().anyMatch(stage -> stage.layer().couplesExamples());
  }

  /**
   * The output.
   *
   * @param input [batch, inputShape…]
   * @param parameters in the layout's order
   * @return [batch, outputShape…]
   */
  public Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> input, List<? extends Operand<TFloat32>> parameters) {
    return activations(tf, input, parameters).get(stages.size());
  }

  /** Whether a training update needs a seed, for instance for dropout. */
  public boolean drawsInTraining() {
    return stages.stream().anyMatch(stage -> stage.layer().drawsInTraining());
  }

  /**
   * What is at each place in a training update.
   *
   * @param seed [2]; each layer draws by its place from it. Equal seeds give equal numbers
   */
  public List<Operand<TFloat32>> activationsInTraining(
      Ops tf,
      Operand<TFloat32> input,
      List<? extends Operand<TFloat32>> parameters,
      Operand<TInt64> seed) {
    List<Operand<TFloat32>> values = new ArrayList<>(List.of(input));
    for (Stage stage : stages) {
      Operand<TInt64> own = tf.math.add(seed, tf.constant(new long[] {stage.place(), 0}));
      values.add(
          stage.layer().applyInTraining(tf, stage.inputs(values), stage.own(parameters), own));
    }
    return values;
  }

  /** What is at each place; otherwise as {@link #apply}. */
  public List<Operand<TFloat32>> activations(
      Ops tf, Operand<TFloat32> input, List<? extends Operand<TFloat32>> parameters) {
    List<Operand<TFloat32>> values = new ArrayList<>(List.of(input));
    for (Stage stage : stages) {
      values.add(stage.layer().apply(tf, stage.inputs(values), stage.own(parameters)));
    }
    return values;
  }

  /**
   * Gradients of a loss in a graph, without those of tensors that no optimiser trains.
   *
   * @param loss a scalar
   * @param parameters that it was computed with, in the layout's order
   * @return one for each of {@link #trained}
   */
  public List<Operand<TFloat32>> gradients(
      Ops tf, Operand<TFloat32> loss, List<? extends Operand<TFloat32>> parameters) {
    List<Operand<TFloat32>> variables = new ArrayList<>();
    trained().forEach(i -> variables.add(parameters.get(i)));
    Gradients derivatives =
        Gradients.create(
            tf.scope(), List.of(loss), variables, Gradients.dx(List.of(tf.constant(1f))));
    List<Operand<TFloat32>> gradients = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      gradients.add(derivatives.dy(i));
    }
    return gradients;
  }

  /** The layers, each behind all that it takes. */
  public List<Stage> stages() {
    return stages;
  }

  /**
   * The first stage with a kernel, behind the observation.
   *
   * @throws IllegalStateException if there is none
   */
  public Stage firstLinear() {
    return kernels().get(0);
  }

  /**
   * The last stage with a kernel: the head, whose kernel turns features into outputs.
   *
   * @throws IllegalStateException if there is none
   */
  public Stage lastDense() {
    List<Stage> kernels = kernels();
    return kernels.get(kernels.size() - 1);
  }

  private List<Stage> kernels() {
    List<Stage> kernels = stages.stream().filter(s -> s.layer().makesUnits()).toList();
    if (kernels.isEmpty()) {
      throw new IllegalStateException(layout.architecture() + " has no layer with a kernel");
    }
    return kernels;
  }

  /** The hidden units that have one kernel before and kernels behind them, in their order. */
  public List<UnitGroup> unitGroups() {
    return UnitGroups.of(stages);
  }

  /** Freshly initialised parameters, in the layout's order. */
  public float[] initialise(SeededRandom random) {
    float[] values = new float[layout.size()];
    int next = 0;
    for (ParameterSpec spec : specs) {
      initializer.fill(values, next, spec, random);
      next += spec.size();
    }
    return values;
  }

  /** A fresh draw of one tensor. */
  public float[] fresh(int tensor, SeededRandom random) {
    ParameterSpec spec = specs.get(tensor);
    float[] values = new float[spec.size()];
    initializer.fill(values, 0, spec, random);
    return values;
  }

  /**
   * A fresh draw of some columns of a tensor, as they would be among a draw of the whole.
   *
   * @param columns how many places of the last axis
   * @return [size / last axis, columns], row by row
   */
  public float[] freshColumns(int tensor, int columns, SeededRandom random) {
    return initializer.columns(specs.get(tensor), columns, random);
  }

  private String architecture() {
    String shape = inputShape.stream().map(String::valueOf).collect(Collectors.joining("x"));
    return shape + stages.stream().map(s -> "-" + s.describe()).collect(Collectors.joining());
  }
}
