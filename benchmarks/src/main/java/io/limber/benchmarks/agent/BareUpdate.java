package io.limber.benchmarks.agent;

import io.limber.core.random.SeededRandom;
import io.limber.numerics.runtime.CpuThreads;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;

/** An agent program's update without Limber and DJL: one session, tensors made once. */
final class BareUpdate implements AutoCloseable {

  private final SavedModelBundle bundle;
  private final SignatureDef update;
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();

  BareUpdate(Path program, CpuThreads threads, float[] initial) {
    ConfigProto config =
        ConfigProto.newBuilder()
            .setInterOpParallelismThreads(threads.operations())
            .setIntraOpParallelismThreads(threads.perOperation())
            .build();
    bundle =
        SavedModelBundle.loader(program.toString())
            .withTags("serve")
            .withConfigProto(config)
            .load();
    update = bundle.metaGraphDef().getSignatureDefOrThrow("update");
    SignatureDef initialize = bundle.metaGraphDef().getSignatureDefOrThrow("initialize");
    try (TFloat32 parameters =
        TFloat32.tensorOf(Shape.of(initial.length), DataBuffers.of(initial))) {
      run(initialize, Map.of("parameters", parameters));
    }
    SeededRandom random = new SeededRandom(1);
    update.getInputsMap().forEach((name, info) -> inputs.put(name, tensor(info, random)));
  }

  void call() {
    run(update, inputs);
  }

  private void run(SignatureDef function, Map<String, Tensor> fed) {
    Session.Runner runner = bundle.session().runner();
    fed.forEach((name, tensor) -> runner.feed(function.getInputsOrThrow(name).getName(), tensor));
    function.getOutputsMap().values().forEach(output -> runner.fetch(output.getName()));
    runner.run().close();
  }

  private static Tensor tensor(TensorInfo info, SeededRandom random) {
    Shape shape =
        Shape.of(
            info.getTensorShape().getDimList().stream().mapToLong(dim -> dim.getSize()).toArray());
    return switch (info.getDtype()) {
      case DT_UINT8 ->
          TUint8.tensorOf(
              shape,
              tensor ->
                  tensor.scalars().forEach(pixel -> pixel.setByte((byte) random.nextInt(256))));
      case DT_INT32 -> TInt32.tensorOf(shape);
      case DT_INT64 -> TInt64.tensorOf(shape);
      default -> TFloat32.tensorOf(shape);
    };
  }

  @Override
  public void close() {
    inputs.values().forEach(Tensor::close);
    bundle.close();
  }
}
