package io.limber.numerics.agent;

import io.limber.core.agent.ParameterLayout;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.agent.Policy;
import io.limber.numerics.network.FlatParameters;
import io.limber.numerics.network.Observations;
import io.limber.numerics.runtime.Function;
import io.limber.numerics.runtime.Program;
import java.nio.ByteBuffer;

/** A greedy policy in a session of its own. */
final class TensorFlowPolicy implements Policy {

  private final Program program;
  private final Observations observations;
  private final FlatParameters parameters;
  private final Function load;
  private final Function act;
  private long step = -1;

  /**
   * @param program freshly loaded; this owns it
   */
  TensorFlowPolicy(Program program, ParameterLayout layout, Observations observations) {
    this.program = program;
    this.observations = observations;
    parameters = new FlatParameters(layout);
    load = program.function("load");
    act = program.function("act");
  }

  @Override
  public void load(ParameterSnapshot snapshot) {
    ByteBuffer values = parameters.of(snapshot);
    load.call(in -> in.float32("parameters", values, snapshot.layout().size()));
    step = snapshot.step();
  }

  @Override
  public long step() {
    return step;
  }

  @Override
  public void act(ByteBuffer observations, int count, int[] actions) {
    if (step < 0) {
      throw new IllegalStateException("the policy has no parameters yet: load a snapshot first");
    }
    act.call(in -> this.observations.feed(in, "observations", observations, count))
        .ints("actions", actions);
  }

  @Override
  public void close() {
    program.close();
  }
}
