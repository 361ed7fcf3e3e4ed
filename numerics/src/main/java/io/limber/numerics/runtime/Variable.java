package io.limber.numerics.runtime;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/**
 * A float32 resource variable of a program.
 *
 * @param name for people
 * @param shape static
 * @param handle the resource
 */
public record Variable(String name, Shape shape, VarHandleOp handle) {

  /** The value at the time {@code tf}'s control dependencies are done. */
  public Operand<TFloat32> read(Ops tf) {
    return tf.readVariableOp(handle, TFloat32.class);
  }
}
