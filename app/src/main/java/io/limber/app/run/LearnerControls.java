package io.limber.app.run;

import akka.actor.typed.ActorSystem;
import io.limber.actors.run.RunGuardian;
import io.limber.app.config.Settings;
import io.limber.app.dashboard.RunControls;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Tells the run's actors what a person wants; what is told before they start waits for them. */
final class LearnerControls implements RunControls {

  private final boolean checkpoints;
  private final List<String> interventions;
  private final List<String> probes;
  private volatile CompletableFuture<ActorSystem<RunRoot.Command>> system =
      new CompletableFuture<>();

  private volatile Runnable stop;

  /** Of the probes, interventions and checkpoints that these settings switch on. */
  LearnerControls(Settings settings) {
    probes = settings.run().probe().schedule().names();
    interventions = List.copyOf(settings.numerics().interventions().triggers().keySet());
    checkpoints = settings.run().checkpoint().period() > 0;
  }

  /**
   * @param end asks for a clean end of the run, as Ctrl-C does
   */
  void reach(ActorSystem<RunRoot.Command> running, Runnable end) {
    stop = end;
    CompletableFuture<ActorSystem<RunRoot.Command>> earlier = system;
    system = CompletableFuture.completedFuture(running); // after a rollback there is another one
    earlier.complete(running);
  }

  @Override
  public void pause() {
    tell(new RunRoot.Control(RunGuardian.Pause.INSTANCE));
  }

  @Override
  public void resume() {
    tell(new RunRoot.Control(RunGuardian.Resume.INSTANCE));
  }

  @Override
  public void stop() {
    system.thenAccept(running -> stop.run());
  }

  @Override
  public boolean checkpoints() {
    return checkpoints;
  }

  @Override
  public void checkpoint() {
    tell(new RunRoot.Control(RunGuardian.CheckpointNow.INSTANCE));
  }

  @Override
  public List<String> interventions() {
    return interventions;
  }

  @Override
  public void fire(String name) {
    tell(new RunRoot.Control(new RunGuardian.FireNow(name)));
  }

  @Override
  public List<String> probes() {
    return probes;
  }

  @Override
  public void probe(String name) {
    tell(new RunRoot.Control(new RunGuardian.ProbeNow(name)));
  }

  private void tell(RunRoot.Command command) {
    system.thenAccept(running -> running.tell(command));
  }
}
