package io.limber.app.run;

import akka.actor.typed.ActorSystem;
import io.limber.actors.run.RunGuardian;
import io.limber.app.dashboard.RunControls;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Tells the run's actors what a person wants; what is told before they start waits for them. */
final class LearnerControls implements RunControls {

  private final List<String> probes;
  private final CompletableFuture<ActorSystem<RunRoot.Command>> system = new CompletableFuture<>();

  LearnerControls(List<String> probes) {
    this.probes = probes;
  }

  void reach(ActorSystem<RunRoot.Command> running) {
    system.complete(running);
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
    tell(RunRoot.Stop.INSTANCE);
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
