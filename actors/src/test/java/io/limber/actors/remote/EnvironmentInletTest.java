package io.limber.actors.remote;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.metrics.StepClock;
import io.limber.actors.replay.ReplayActor;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.protos.EncodedTransitions;
import io.limber.protos.LatestObservations;
import io.limber.protos.TransitionsCodec;
import io.limber.protos.wire.ToInlet;
import io.limber.protos.wire.ToUplink;
import io.limber.testkit.AkkaTestKit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An inlet before a replay actor that has not stored what it got when the environment is anew. */
class EnvironmentInletTest {

  @RegisterExtension static final AkkaTestKit AKKA = AkkaTestKit.create();

  private static final Duration HOUR = Duration.ofHours(1);
  private static final TransitionSpec SPEC = new TransitionSpec(4);
  private static final int WINDOW = 2;
  private static final int ROWS = 3;

  private final ActorTestKit kit = AKKA.kit();
  private final TestProbe<ReplayActor.Command> replay = kit.createTestProbe();
  private final TestProbe<MetricsActor.Command> metrics = kit.createTestProbe();
  private final TestProbe<ToUplink> uplink = kit.createTestProbe();
  private final ActorRefResolver references = ActorRefResolver.get(kit.system());

  @Test
  void environment_thatStartsAnewAgainAndAgain_getsByWithTheSameBuffers() {
    ActorRef<ToInlet> entrance = entrance();
    Set<Transitions> buffers = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int placement = 1; placement <= 5; placement++) {
      long epoch = Epoch.of(placement, 1);
      entrance.tell(new ToInlet.Announce(epoch, references.toSerializationFormat(uplink.getRef())));
      var announce = replay.expectMessageClass(ReplayActor.Announce.class);
      announce.replyTo().tell(new ReplayActor.Welcomed(announce.epoch(), 0, 0));
      entrance.tell(new ToInlet.Blocks(epoch, 0, List.of(block(), block())));
      List<ReplayActor.Insert> waiting = new ArrayList<>();
      for (int i = 0; i < WINDOW; i++) {
        waiting.add(replay.expectMessageClass(ReplayActor.Insert.class));
      }
      for (ReplayActor.Insert insert : waiting) {
        buffers.add(insert.chunk());
        insert.replyTo().tell(new ReplayActor.Dropped(insert.epoch(), insert.chunk(), 0));
      }
    }

    assertThat(buffers).hasSize(WINDOW);
  }

  private ActorRef<ToInlet> entrance() {
    ClusterSettings cluster =
        new ClusterSettings(
            1, HOUR, WINDOW, 1000, Duration.ZERO, 4, 1000, ProbePlace.LOCAL, ReplayPlace.LOCAL, 4);
    EnvironmentInlet.Plan plan =
        new EnvironmentInlet.Plan(
            "environment-0",
            SPEC,
            WINDOW,
            ROWS,
            ROWS,
            Optional.empty(),
            HOUR,
            cluster,
            new StepClock(),
            HOUR);
    ActorRef<EnvironmentInlet.Command> inlet =
        kit.spawn(EnvironmentInlet.create(plan, replay.getRef(), metrics.getRef()));
    TestProbe<EnvironmentInlet.Vacant> vacant = kit.createTestProbe();
    inlet.tell(new EnvironmentInlet.Vacate(1, false, vacant.getRef()));
    return references.resolveActorRef(vacant.receiveMessage().entrance());
  }

  private static EncodedTransitions block() {
    Transitions chunk = new Transitions(SPEC, ROWS);
    chunk.setSize(ROWS);
    LatestObservations none = new LatestObservations(SPEC, ROWS);
    return TransitionsCodec.encode(chunk, 0, ROWS, none);
  }
}
