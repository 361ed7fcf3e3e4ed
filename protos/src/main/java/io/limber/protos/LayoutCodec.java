package io.limber.protos;

import io.limber.core.agent.ParameterLayout;
import io.limber.protos.v1.ParameterTensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Layouts as messages; what cannot be a layout is refused. */
final class LayoutCodec {

  private LayoutCodec() {}

  static io.limber.protos.v1.ParameterLayout toProto(ParameterLayout layout) {
    var proto =
        io.limber.protos.v1.ParameterLayout.newBuilder().setArchitecture(layout.architecture());
    for (ParameterLayout.Tensor tensor : layout.tensors()) {
      proto.addTensors(
          ParameterTensor.newBuilder().setName(tensor.name()).addAllShape(tensor.shape()));
    }
    return proto.build();
  }

  static ParameterLayout fromProto(io.limber.protos.v1.ParameterLayout proto)
      throws MalformedDataException {
    List<ParameterLayout.Tensor> tensors = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ParameterTensor tensor : proto.getTensorsList()) {
      if (!names.add(tensor.getName())) {
        throw new MalformedDataException("its layout has tensor " + tensor.getName() + " twice");
      }
      if (tensor.getShapeList().stream().anyMatch(size -> size < 0)) {
        throw new MalformedDataException(
            "its tensor " + tensor.getName() + " has the shape " + tensor.getShapeList());
      }
      tensors.add(new ParameterLayout.Tensor(tensor.getName(), tensor.getShapeList()));
    }
    ParameterLayout layout = new ParameterLayout(proto.getArchitecture(), tensors);
    requireCountable(layout);
    return layout;
  }

  private static void requireCountable(ParameterLayout layout) throws MalformedDataException {
    try {
      int unused = layout.size();
    } catch (ArithmeticException e) {
      throw new MalformedDataException("its layout has more numbers than 31 bits can count", e);
    }
  }
}
