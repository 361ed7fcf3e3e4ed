package io.limber.numerics.network;

import io.limber.numerics.network.Network.Stage;
import java.util.ArrayList;
import java.util.List;

/** A network's forward pass written out number by number, over a whole batch. */
public final class ScalarNetwork {

  private final Network network;

  public ScalarNetwork(Network network) {
    this.network = network;
  }

  /**
   * What is at each place.
   *
   * @param p parameters, in the layout's order
   * @param x observations
   * @return [places][rows][numbers]
   */
  public List<int[][]> activations(Tape tape, int[] p, double[][] x) {
    int[][] input = new int[x.length][];
    for (int row = 0; row < x.length; row++) {
      input[row] = tape.numbers(x[row]);
    }
    List<int[][]> places = new ArrayList<>();
    places.add(input);
    int at = 0;
    for (Stage stage : network.stages()) {
      ScalarLayer layer = new ScalarLayer(tape, stage, p, at);
      places.add(layer.apply(stage.inputs(places)));
      at += stage.own(network.parameters()).stream().mapToInt(ParameterSpec::size).sum();
    }
    return places;
  }
}
