package io.limber.protos;

import io.limber.core.agent.ParameterLayout;
import io.limber.core.agent.ParameterLayout.Tensor;
import io.limber.core.agent.ParameterSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;

/** Snapshots for tests. */
final class Snapshots {

  private Snapshots() {}

  /** Three numbers in two tensors at step 1000. */
  static ParameterSnapshot small() {
    var layout =
        new ParameterLayout(
            "linear-2-1",
            List.of(new Tensor("kernel", List.of(2, 1)), new Tensor("bias", List.of())));
    return ParameterSnapshot.owning(1000, layout, new float[] {1f, -2f, 0.5f});
  }

  /** One tensor of {@code size} numbers, each telling its place. */
  static ParameterSnapshot counting(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = i;
    }
    var layout = new ParameterLayout("vector", List.of(new Tensor("values", List.of(size))));
    return ParameterSnapshot.owning(7, layout, values);
  }

  static byte[] bytes(ParameterSnapshot snapshot) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SnapshotCodec.write(snapshot, out);
    return out.toByteArray();
  }

  /** The numbers' bits, so that NaNs with different payloads differ. */
  static int[] bits(ParameterSnapshot snapshot) {
    FloatBuffer values = snapshot.values();
    int[] bits = new int[values.remaining()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values.get(i));
    }
    return bits;
  }
}
