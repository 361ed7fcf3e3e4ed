package io.limber.numerics.probe;

import io.limber.core.agent.AgentSnapshot;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.config.Section;
import io.limber.core.random.RandomStreams;
import io.limber.core.replay.Transitions;
import io.limber.numerics.curvature.ActivationProgram;
import io.limber.numerics.curvature.BootstrapProgram;
import io.limber.numerics.curvature.OutputLoss;
import io.limber.numerics.network.Network;
import io.limber.numerics.plasticity.PlasticityProbe;
import io.limber.numerics.plasticity.ProbeTask;
import java.util.Arrays;

/**
 * A loss over replayed transitions, with the targets that hold it fixed around one snapshot. Owns
 * sessions; not thread-safe.
 */
final class ProbedLoss implements AutoCloseable {

  private final LossKind kind;
  private final ProbeParts parts;
  private final OutputLoss loss;
  private final BootstrapProgram bootstrap;
  private final ActivationProgram activations;

  private ProbedLoss(
      LossKind kind,
      ProbeParts parts,
      OutputLoss loss,
      BootstrapProgram bootstrap,
      ActivationProgram activations) {
    this.kind = kind;
    this.parts = parts;
    this.loss = loss;
    this.bootstrap = bootstrap;
    this.activations = activations;
  }

  /** With sessions for what its targets are computed of. */
  static ProbedLoss load(LossKind kind, ProbeParts parts) {
    return switch (kind) {
      case TD ->
          new ProbedLoss(kind, parts, OutputLoss.of(parts.objective()), bootstrap(parts), null);
      case CURVATURE -> new ProbedLoss(kind, parts, OutputLoss.ownOutputs(), null, null);
      case PROBE -> new ProbedLoss(kind, parts, OutputLoss.probe(), null, activations(parts));
    };
  }

  private static BootstrapProgram bootstrap(ProbeParts parts) {
    return BootstrapProgram.load(
        parts.program(
            "bootstrap",
            folder ->
                BootstrapProgram.export(
                    folder, parts.network(), parts.observations(), parts.objective())),
        parts.device(),
        parts.network(),
        parts.observations());
  }

  static ActivationProgram activations(ProbeParts parts) {
    return ActivationProgram.load(
        parts.program(
            "activations",
            folder -> ActivationProgram.export(folder, parts.network(), parts.observations())),
        parts.device(),
        parts.network(),
        parts.observations());
  }

  OutputLoss loss() {
    return loss;
  }

  /** What gives the outputs that the loss is of: action values, or what they are decoded from. */
  Network network() {
    return kind == LossKind.TD ? parts.objective().learned(parts.network()) : parts.network();
  }

  /** Part of the name of programs that compute with it. */
  String name() {
    return Section.kebab(kind);
  }

  /**
   * The targets of the first {@code rows} transitions.
   *
   * @param random of the curvature loss's noise
   * @return [rows, targetWidth]
   */
  float[] targets(AgentSnapshot snapshot, Transitions transitions, int rows, RandomStreams random) {
    int outputs = parts.network().outputShape().get(0);
    return switch (kind) {
      case TD -> mainTask(snapshot, transitions, rows).targets();
      case CURVATURE -> OutputLoss.noise(rows, outputs, random.stream("noise"));
      case PROBE -> probeTargets(snapshot.online(), transitions, rows);
    };
  }

  /** The targets of the first {@code rows} transitions in the main task's loss, if that is it. */
  BootstrapProgram.Result mainTask(AgentSnapshot snapshot, Transitions transitions, int rows) {
    BootstrapProgram.Result all =
        bootstrap.of(snapshot.online(), snapshot.bootstrap(), transitions);
    int width = 1 + parts.objective().targetWidth();
    return new BootstrapProgram.Result(
        Arrays.copyOf(all.targets(), rows * width), Arrays.copyOf(all.values(), rows));
  }

  private float[] probeTargets(ParameterSnapshot snapshot, Transitions transitions, int rows) {
    RandomStreams first = parts.streams(PlasticityProbe.NAME).child("target-0");
    ParameterSnapshot omega =
        ParameterSnapshot.owning(
            0, parts.network().layout(), parts.network().initialise(first.stream("network")));
    float[] present = outputs(snapshot, transitions, rows);
    return ProbeTask.of(
            outputs(omega, transitions, rows), parts.frequency(), ProbeTask.mean(present))
        .targets();
  }

  private float[] outputs(ParameterSnapshot of, Transitions transitions, int rows) {
    return activations.of(of, transitions.sTm1(), rows).outputs().values();
  }

  @Override
  public void close() {
    if (bootstrap != null) {
      bootstrap.close();
    }
    if (activations != null) {
      activations.close();
    }
  }
}
