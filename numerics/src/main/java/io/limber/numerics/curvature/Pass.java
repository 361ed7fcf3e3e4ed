package io.limber.numerics.curvature;

import io.limber.numerics.network.LayerPoint;
import io.limber.numerics.network.Network.Stage;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The values of one forward and backward pass at a network's places. */
interface Pass {

  /** [n, …]. */
  Operand<TFloat32> activation(int place);

  /** The loss's gradient with respect to that activation [n, …]; not for place 0. */
  Operand<TFloat32> gradient(int place);

  /** What the layer of {@code stage} sees. */
  default LayerPoint at(Stage stage, List<Operand<TFloat32>> parameters) {
    return new PassPoint(this, stage, parameters);
  }

  /** A layer's view. */
  record PassPoint(Pass pass, Stage stage, List<Operand<TFloat32>> parameters)
      implements LayerPoint {

    @Override
    public List<Operand<TFloat32>> inputs() {
      List<Operand<TFloat32>> inputs = new ArrayList<>();
      stage.inputs().forEach(place -> inputs.add(pass.activation(place)));
      return inputs;
    }

    @Override
    public Operand<TFloat32> output() {
      return pass.activation(stage.place());
    }

    @Override
    public Operand<TFloat32> outputGradient() {
      return pass.gradient(stage.place());
    }
  }
}
