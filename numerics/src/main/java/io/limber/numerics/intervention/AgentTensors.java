package io.limber.numerics.intervention;

import io.limber.numerics.network.FlatParameters;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.ParameterSpec;
import io.limber.numerics.runtime.Function;
import io.limber.numerics.runtime.Program;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The online network's tensors between two calls of update, with their slots. Small changes go by
 * place, so that replacing a few units moves a few kilobytes; whole vectors go as in a snapshot.
 * Not thread-safe. {@link TensorFunctions} are the program's side of it.
 */
final class AgentTensors {

  private final Program program;
  private final Network network;
  private final FlatParameters flat;
  private final Map<String, Function> functions = new HashMap<>();

  AgentTensors(Program program, Network network) {
    this.program = program;
    this.network = network;
    flat = new FlatParameters(network.layout());
  }

  /** All parameters of the online network. */
  float[] read() {
    return function("read").call().floats("parameters");
  }

  /** Replaces all parameters of the online network; slots stay. */
  void write(float[] parameters) {
    function("load").call(in -> in.float32("parameters", flat.of(parameters), parameters.length));
  }

  /** All parameters of the target network. */
  float[] readTarget() {
    return function("read_target").call().floats("parameters");
  }

  /** Replaces all parameters of the target network. */
  void writeTarget(float[] parameters) {
    function("load_target")
        .call(in -> in.float32("parameters", flat.of(parameters), parameters.length));
  }

  /** Numbers at {@code places} of a tensor, row by row. */
  float[] gather(int tensor, int[] places) {
    return function("gather-" + tensor).call(in -> feedPlaces(in, tensor, places)).floats("values");
  }

  /** Starts numbers of a tensor anew: writes them and clears their slots. */
  void restart(int tensor, int[] places, float[] values) {
    change("restart-" + tensor, tensor, places, values);
  }

  /** Adds to numbers of a tensor; slots stay. */
  void add(int tensor, int[] places, float[] values) {
    change("add-" + tensor, tensor, places, values);
  }

  /** Clears all slots of a tensor. */
  void clearSlots(int tensor) {
    function("clear-" + tensor).call();
  }

  private void change(String name, int tensor, int[] places, float[] values) {
    ByteBuffer numbers = buffer(values.length);
    numbers.asFloatBuffer().put(values);
    function(name)
        .call(in -> feedPlaces(in.float32("values", numbers, values.length), tensor, places));
  }

  private void feedPlaces(Function.Inputs in, int tensor, int[] places) {
    List<Integer> shape = network.parameters().get(tensor).shape();
    int rank = shape.size();
    ByteBuffer indices = buffer(places.length * rank);
    for (int i = 0; i < places.length; i++) {
      int rest = places[i];
      for (int axis = rank - 1; axis >= 0; axis--) {
        indices.putInt((i * rank + axis) * Integer.BYTES, rest % shape.get(axis));
        rest /= shape.get(axis);
      }
    }
    in.int32("places", indices, places.length, rank);
  }

  /** Every place of a tensor. */
  static int[] all(ParameterSpec spec) {
    int[] places = new int[spec.size()];
    java.util.Arrays.setAll(places, i -> i);
    return places;
  }

  private static ByteBuffer buffer(int numbers) {
    return ByteBuffer.allocateDirect(numbers * Integer.BYTES).order(ByteOrder.nativeOrder());
  }

  private Function function(String name) {
    return functions.computeIfAbsent(name, program::function);
  }
}
