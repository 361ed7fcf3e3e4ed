package io.limber.numerics.network;

import io.limber.numerics.network.Network.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A network whose head stands there three times, trained + (kept − start), so that plasticity can
 * be injected. The last two are zero at first and never trained: outputs and gradients are, to the
 * bit, those of the plain network.
 *
 * @see "Nikishin et al. (2023), Deep Reinforcement Learning with Plasticity Injection, section 3"
 */
public final class InjectedHead {

  /**
   * The places in the layout of one tensor of the head.
   *
   * @param trained the one that learns
   * @param kept takes over what was learned before the injection
   * @param start the trained one's first values after it
   */
  public record Copies(int trained, int kept, int start) {}

  private InjectedHead() {}

  /**
   * Makes room for an injection.
   *
   * @param kernels that make the head, counted from the output
   * @throws IllegalArgumentException if the network has no chain of so many kernels behind another
   */
  public static Network of(Network plain, int kernels) {
    List<Stage> head = head(plain, kernels);
    NetworkBuilder network = new NetworkBuilder(plain.inputShape());
    for (Stage stage : plain.stages().subList(0, head.get(0).place() - 1)) {
      network.add(stage.layer(), stage.inputs().stream().mapToInt(Integer::intValue).toArray());
    }
    int encoded = network.last();
    int kept = chain(network, head, encoded, Frozen::new);
    int start = chain(network, head, encoded, Frozen::new);
    int trained = chain(network, head, encoded, layer -> layer);
    int before = network.add(new Subtract(), kept, start);
    network.add(new Add(), trained, before);
    return network.build(plain.initializer());
  }

  private static int chain(
      NetworkBuilder network, List<Stage> head, int from, UnaryOperator<Layer> copy) {
    int place = from;
    for (Stage stage : head) {
      place = network.add(copy.apply(stage.layer()), place);
    }
    return place;
  }

  private static List<Stage> head(Network plain, int kernels) {
    List<Stage> stages = plain.stages();
    List<Stage> units = stages.stream().filter(stage -> stage.layer().makesUnits()).toList();
    if (kernels >= units.size()) {
      throw new IllegalArgumentException(
          "a head of "
              + kernels
              + " kernels leaves no encoder: the network has "
              + units.size()
              + " in all");
    }
    int first = units.get(units.size() - kernels).place();
    List<Stage> head = stages.subList(first - 1, stages.size());
    if (head.stream().anyMatch(stage -> !stage.inputs().equals(List.of(stage.place() - 1)))) {
      throw new IllegalArgumentException(
          "the last " + kernels + " kernels are not one behind the other in this network");
    }
    return head;
  }

  /** The head's tensors in a network made by {@link #of}; empty in others. */
  public static List<Copies> tensors(Network network) {
    List<Integer> trained = network.trained();
    List<Integer> frozen = new ArrayList<>();
    for (int i = 0; i < network.parameters().size(); i++) {
      if (!trained.contains(i)) {
        frozen.add(i);
      }
    }
    int each = frozen.size() / 2;
    List<Copies> copies = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      int kept = frozen.get(i);
      copies.add(new Copies(kept + 2 * each, kept, kept + each));
    }
    return copies;
  }
}
