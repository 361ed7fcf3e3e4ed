package io.limber.numerics.curvature;

import io.limber.numerics.network.Network;
import io.limber.numerics.runtime.ProgramBuilder;
import io.limber.numerics.runtime.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/**
 * A pass kept in the session between calls. Only what has been asked for is kept, so first build
 * what reads it, then {@link #save}.
 */
final class SavedPass implements Pass {

  private final ProgramBuilder program;
  private final Network network;
  private final Map<Integer, Kept> activations = new TreeMap<>();
  private final Map<Integer, Kept> gradients = new TreeMap<>();

  private record Kept(Variable variable, Operand<TFloat32> value) {}

  SavedPass(ProgramBuilder program, Network network) {
    this.program = program;
    this.network = network;
  }

  @Override
  public Operand<TFloat32> activation(int place) {
    return activations.computeIfAbsent(place, p -> keep("activation", p)).value();
  }

  @Override
  public Operand<TFloat32> gradient(int place) {
    return gradients.computeIfAbsent(place, p -> keep("gradient", p)).value();
  }

  private Kept keep(String name, int place) {
    LongStream rows = LongStream.of(Shape.UNKNOWN_SIZE);
    long[] sizes =
        LongStream.concat(rows, network.shape(place).stream().mapToLong(Integer::longValue))
            .toArray();
    Variable variable = program.variable("saved/" + name + "-" + place, Shape.of(sizes));
    return new Kept(variable, variable.read(program.tf()));
  }

  /** Takes over what {@code pass} computes. */
  List<Op> save(Pass pass) {
    List<Variable> targets = new ArrayList<>();
    List<Operand<TFloat32>> values = new ArrayList<>();
    activations.forEach(
        (place, kept) -> {
          targets.add(kept.variable());
          values.add(pass.activation(place));
        });
    gradients.forEach(
        (place, kept) -> {
          targets.add(kept.variable());
          values.add(pass.gradient(place));
        });
    return program.assign(targets, values);
  }
}
