package io.limber.numerics.intervention;

import io.limber.core.random.SeededRandom;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Network.Stage;
import io.limber.numerics.network.ParameterSpec;
import io.limber.numerics.network.UnitGroup;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Replaces hidden units by new ones: incoming weights drawn anew, bias and norms as at the start,
 * outgoing weights zero, and the slots of all these cleared, so that the network's output changes
 * by what the old units gave and nothing else.
 */
final class UnitReplacement {

  private final Network network;
  private final AgentTensors tensors;
  private final SeededRandom random;

  UnitReplacement(Network network, AgentTensors tensors, SeededRandom random) {
    this.network = network;
    this.tensors = tensors;
    this.random = random;
  }

  /**
   * Replaces.
   *
   * @param units of the group, distinct
   * @param means mean activation per place of the group's last axis, which the next biases take
   *     over; all zero to let the old units' part go
   * @return numbers written
   */
  long replace(UnitGroup group, int[] units, float[] means) {
    if (units.length == 0) {
      return 0;
    }
    BitSet chosen = new BitSet();
    Arrays.stream(units).forEach(chosen::set);
    Stage producer = group.producer();
    long written = restartIncoming(producer.from(), group.units(), units);
    for (int i = producer.from() + 1; i < producer.to(); i++) {
      written += restart(i, group.units(), chosen);
    }
    for (Stage norm : group.norms()) {
      for (int i = norm.from(); i < norm.to(); i++) {
        written += restart(i, group.units(), chosen);
      }
    }
    for (UnitGroup.Consumer consumer : group.consumers()) {
      written += silence(consumer, chosen, means);
    }
    return written;
  }

  private int restartIncoming(int kernel, int all, int[] units) {
    int rows = network.parameters().get(kernel).size() / all;
    int[] places = new int[rows * units.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = i / units.length * all + units[i % units.length];
    }
    tensors.restart(kernel, places, network.freshColumns(kernel, units.length, random));
    return places.length;
  }

  /** Starts a tensor of one axis anew where it belongs to chosen units. */
  private int restart(int tensor, int all, BitSet chosen) {
    ParameterSpec spec = network.parameters().get(tensor);
    int[] places = IntStream.range(0, spec.size()).filter(i -> chosen.get(i % all)).toArray();
    float[] start = network.fresh(tensor, random); // constants: nothing is drawn
    float[] values = new float[places.length];
    for (int i = 0; i < places.length; i++) {
      values[i] = start[places[i]];
    }
    tensors.restart(tensor, places, values);
    return places.length;
  }

  private int silence(UnitGroup.Consumer consumer, BitSet chosen, float[] means) {
    Stage stage = consumer.stage();
    int kernel = stage.from();
    int size = network.parameters().get(kernel).size();
    int rows = consumer.rows();
    int out =
        network
            .parameters()
            .get(kernel)
            .shape()
            .get(network.parameters().get(kernel).shape().size() - 1);
    int[] places =
        IntStream.range(0, size).filter(i -> chosen.get(consumer.unitOf(i / out % rows))).toArray();
    boolean corrects = stage.to() > kernel + 1 && !isZero(means);
    if (corrects) {
      float[] outgoing = tensors.gather(kernel, places);
      float[] part = new float[out];
      for (int i = 0; i < places.length; i++) {
        part[places[i] % out] += outgoing[i] * means[places[i] / out % rows % means.length];
      }
      tensors.add(kernel + 1, IntStream.range(0, out).toArray(), part);
    }
    tensors.restart(kernel, places, new float[places.length]);
    return places.length + (corrects ? out : 0);
  }

  private static boolean isZero(float[] values) {
    for (float value : values) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }
}
