package io.limber.app.run;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import io.limber.actors.remote.RemoteRun;
import io.limber.app.config.EffectiveConfig;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Where a run's actors live: in this process alone, or on nodes of a cluster, too. */
public interface RunHost {

  /** Name of the actor system: no two runs of one process have the same. */
  String system();

  /** What the actor system obeys. */
  Config config(EffectiveConfig config);

  /** What nodes are told; empty where there are none. */
  Optional<RemoteRun> remote(EffectiveConfig config, Task task);

  /** Told when the actor system runs. */
  void started(ActorSystem<?> system);

  /** In this process alone. */
  static RunHost alone() {
    String system = "limber-" + Numbers.LAST.incrementAndGet();
    return new RunHost() {
      @Override
      public String system() {
        return system;
      }

      @Override
      public Config config(EffectiveConfig config) {
        return config.whole();
      }

      @Override
      public Optional<RemoteRun> remote(EffectiveConfig config, Task task) {
        return Optional.empty();
      }

      @Override
      public void started(ActorSystem<?> system) {
        // nothing to join
      }
    };
  }

  /** Of the runs of this process that are alone in their actor systems. */
  final class Numbers {
    private static final AtomicInteger LAST = new AtomicInteger();

    private Numbers() {}
  }
}
