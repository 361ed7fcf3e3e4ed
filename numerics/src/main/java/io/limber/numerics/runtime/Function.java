package io.limber.numerics.runtime;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.tensorflow.engine.TfSymbolBlock;
import ai.djl.training.ParameterStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A named function of a {@link Program}. Not thread-safe. */
public final class Function {

  private static final ByteBuffer NOTHING =
      ByteBuffer.allocateDirect(Float.BYTES).order(ByteOrder.nativeOrder());

  private final TfSymbolBlock block;
  private final NDManager manager;

  Function(TfSymbolBlock block, NDManager manager) {
    this.block = block;
    this.manager = manager;
  }

  /** Calls the function; all tensors of the call are freed before this returns. */
  public Outputs call(Consumer<Inputs> feed) {
    try (NDManager scope = manager.newSubManager()) {
      Inputs inputs = new Inputs(scope);
      feed.accept(inputs);
      NDList outputs = block.forward(new ParameterStore(scope, false), inputs.sorted(), false);
      Map<String, ByteBuffer> values = new HashMap<>();
      for (NDArray output : outputs) {
        values.put(output.getName(), output.toByteBuffer());
      }
      return new Outputs(values);
    }
  }

  /** Calls a function without inputs. */
  public Outputs call() {
    return call(inputs -> {});
  }

  /** The inputs of one call. */
  public final class Inputs {

    private final NDManager scope;
    private final Map<String, NDArray> arrays = new HashMap<>();

    private Inputs(NDManager scope) {
      this.scope = scope;
    }

    /** Feeds unsigned bytes from the buffer's position to its limit. */
    public Inputs uint8(String name, ByteBuffer values, long... shape) {
      return put(name, values, DataType.UINT8, shape);
    }

    /** Feeds int32, native order. */
    public Inputs int32(String name, ByteBuffer values, long... shape) {
      return put(name, values, DataType.INT32, shape);
    }

    /** Feeds float32, native order. */
    public Inputs float32(String name, ByteBuffer values, long... shape) {
      return put(name, values, DataType.FLOAT32, shape);
    }

    /** Feeds a vector of int64. */
    public Inputs int64(String name, long... values) {
      arrays.put(name, scope.create(values));
      return this;
    }

    /** Feeds a float32 scalar. */
    public Inputs scalar(String name, float value) {
      arrays.put(name, scope.create(value));
      return this;
    }

    /** Feeds a text. */
    public Inputs text(String name, String value) {
      arrays.put(name, scope.create(new String[] {value}, StandardCharsets.UTF_8, new Shape()));
      return this;
    }

    private Inputs put(String name, ByteBuffer values, DataType type, long... shape) {
      arrays.put(name, scope.create(values.duplicate(), new Shape(shape), type));
      return this;
    }

    /** DJL takes the inputs in the order of their names. */
    private NDList sorted() {
      NDList list = new NDList();
      block.describeInput().forEach(input -> list.add(named(input.getKey())));
      if (arrays.size() != list.size()) {
        throw new IllegalArgumentException(
            "fed " + arrays.keySet() + ", the function takes " + block.describeInput().keys());
      }
      if (list.isEmpty()) { // DJL takes the scope of the outputs from the first input
        list.add(scope.create(NOTHING.duplicate(), new Shape(1), DataType.FLOAT32));
      }
      return list;
    }

    private NDArray named(String name) {
      NDArray array = arrays.get(name);
      if (array == null) {
        throw new IllegalArgumentException("input " + name + " is missing");
      }
      return array;
    }
  }

  /**
   * The outputs of one call, copied out of native memory.
   *
   * @param values by name, native order
   */
  public record Outputs(Map<String, ByteBuffer> values) {

    /** All numbers of a float32 output. */
    public float[] floats(String name) {
      ByteBuffer buffer = get(name);
      float[] numbers = new float[buffer.remaining() / Float.BYTES];
      buffer.asFloatBuffer().get(numbers);
      return numbers;
    }

    /** A float32 scalar. */
    public float scalar(String name) {
      return get(name).getFloat(0);
    }

    /** Copies an int32 output into the first places of {@code into}. */
    public void ints(String name, int[] into) {
      ByteBuffer buffer = get(name);
      buffer.asIntBuffer().get(into, 0, buffer.remaining() / Integer.BYTES);
    }

    private ByteBuffer get(String name) {
      ByteBuffer buffer = values.get(name);
      if (buffer == null) {
        throw new IllegalArgumentException("no output " + name + ", only " + values.keySet());
      }
      return buffer;
    }
  }
}
