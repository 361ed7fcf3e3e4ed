package io.limber.actors.run;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.javadsl.Behaviors;
import io.limber.actors.learner.FailureKind;
import io.limber.core.checkpoint.Checkpoint;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.checkpoint.Segment;
import io.limber.testkit.AkkaTestKit;
import io.limber.testkit.process.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A run that goes on while a file of its checkpoint does not come; all actors share one thread. */
class SlowDiskTest {

  @RegisterExtension static final AkkaTestKit AKKA = AkkaTestKit.withOneThread();

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private final ActorTestKit kit = AKKA.kit();

  @Test
  void replayRows_thatDoNotCome_holdUpNoOtherActor() throws Exception {
    run().start().finished();
    Checkpoint checkpoint = new CheckpointFolder(folder).list().get(0);
    TestRun resumed =
        run()
            .from(
                checkpoint, Collections.nCopies((int) checkpoint.manifest().metricsBytes(), null));
    Path rows = pipeInPlaceOfRows(checkpoint);

    resumed.start();
    Await.until("actors after replay have started", LIMIT, () -> resumed.agent.open() > 0);
    TestProbe<String> other = kit.createTestProbe();
    kit.spawn(
        Behaviors.setup(
            context -> {
              other.getRef().tell("served");
              return Behaviors.empty();
            }));
    other.expectMessage(LIMIT, "served");

    Files.newOutputStream(rows).close(); // they come, and are too few
    RunEvent.RunFailed failed = resumed.failed();
    assertThat(failed.kind()).as(failed.reason()).isEqualTo(FailureKind.REFUSED);
    assertThat(failed.released()).isTrue();
  }

  /** Who opens it for reading waits until it is opened for writing. */
  private Path pipeInPlaceOfRows(Checkpoint checkpoint) throws Exception {
    Segment segment = checkpoint.manifest().segments().get(0);
    Path rows = folder.resolve(segment.file().path());
    Files.delete(rows);
    Process made = new ProcessBuilder("mkfifo", rows.toString()).start();
    assertThat(made.waitFor()).isZero();
    return rows;
  }

  private TestRun run() {
    return TestRun.of(kit, "limber.run.mode = lockstep", "limber.checkpoint.period = 100000")
        .withCheckpoints(folder);
  }
}
