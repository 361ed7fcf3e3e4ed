package io.limber.numerics.intervention;

import io.limber.core.random.SeededRandom;
import io.limber.core.replay.Transitions;
import io.limber.core.state.SavedState;
import io.limber.numerics.network.InjectedHead;
import io.limber.numerics.network.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Moves what the head has learned into a copy that is never trained, and starts the trained head
 * anew, minus a second copy of its first values: Q = kept + trained − start. Outputs stay the same
 * up to rounding, of the target network as well, which gets the same start and keeps its own head.
 * All slots of the optimiser stay: Adam's would correct no bias of moments that begin at 0 late in
 * training, and take steps of several times the learning rate. It acts once.
 *
 * @see "Nikishin et al. (2023), Deep Reinforcement Learning with Plasticity Injection, section 3"
 */
final class InjectPlasticity implements Treatment {

  static final String NAME = "plasticity-injection";

  private final Network network;
  private final List<InjectedHead.Copies> head;
  private final AgentTensors tensors;
  private final SeededRandom random;
  private boolean done;

  InjectPlasticity(Network network, AgentTensors tensors, SeededRandom random) {
    this.network = network;
    this.tensors = tensors;
    this.random = random;
    head = InjectedHead.tensors(network);
  }

  @Override
  public List<Part> apply(long step, Transitions batch) {
    if (done) {
      return List.of();
    }
    done = true;
    float[] online = tensors.read();
    float[] target = tensors.readTarget();
    Map<String, Long> written = new LinkedHashMap<>();
    for (InjectedHead.Copies copies : head) {
      float[] fresh = network.fresh(copies.trained(), random);
      inject(online, copies, fresh);
      inject(target, copies, fresh);
      String name = network.layout().tensors().get(copies.trained()).name();
      written.merge(name.substring(0, name.lastIndexOf('/')), 3L * fresh.length, Long::sum);
    }
    tensors.write(online);
    tensors.writeTarget(target);
    return written.entrySet().stream().map(e -> new Part(e.getKey(), 0, e.getValue())).toList();
  }

  @Override
  public SavedState state() {
    return SavedState.builder().put("done", done).build();
  }

  @Override
  public void restore(SavedState state) {
    done = state.flag("done");
  }

  private void inject(float[] parameters, InjectedHead.Copies copies, float[] fresh) {
    int trained = network.layout().offset(copies.trained());
    int kept = network.layout().offset(copies.kept());
    int start = network.layout().offset(copies.start());
    System.arraycopy(parameters, trained, parameters, kept, fresh.length);
    System.arraycopy(fresh, 0, parameters, trained, fresh.length);
    System.arraycopy(fresh, 0, parameters, start, fresh.length);
  }
}
