package io.limber.actors.run;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import io.limber.actors.learner.FailureKind;
import io.limber.core.checkpoint.Checkpoint;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.metrics.Report;
import io.limber.core.state.SavedState;
import io.limber.protos.StateCodec;
import io.limber.testkit.AkkaTestKit;
import io.limber.testkit.DamagedCheckpoint;
import io.limber.testkit.FakeProbe;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints whose bytes are as they were written, but which a part cannot go on from. */
class RefusedCheckpointTest {

  @RegisterExtension static final AkkaTestKit AKKA = AkkaTestKit.create();

  @TempDir private Path folder;

  private final ActorTestKit kit = AKKA.kit();

  @ParameterizedTest
  @ValueSource(strings = {"learner", "replay", "environments", "probes"})
  void run_whoseCheckpointAPartRefuses_failsAndSaysThatAnOlderOneMayDo(String part)
      throws Exception {
    run(100).start().finished();
    Checkpoint checkpoint = new CheckpointFolder(folder).list().get(0);
    replace(checkpoint, part, emptied(part));

    // longer than the first: one that has nothing to do could be over before a part refuses
    RunEvent.RunFailed failed = run(200).from(checkpoint, noReports(checkpoint)).start().failed();

    assertThat(failed.kind()).as(failed.reason()).isEqualTo(FailureKind.REFUSED);
    assertThat(failed.released()).isTrue();
  }

  private TestRun run(long updates) {
    TestRun run =
        TestRun.of(
                kit,
                "limber.run.mode = lockstep",
                "limber.run.updates = " + updates,
                "limber.probe.schedule { alpha = 50 }",
                "limber.checkpoint.period = 100000")
            .withCheckpoints(folder);
    run.agent.withProbe("alpha", FakeProbe.Script.NOTHING);
    return run;
  }

  private static List<Report> noReports(Checkpoint checkpoint) throws Exception {
    return Collections.nCopies((int) checkpoint.manifest().metricsBytes(), null);
  }

  /** Puts another state in the place of a part's. */
  static void replace(Checkpoint checkpoint, String part, SavedState state) throws Exception {
    DamagedCheckpoint.edit(
        checkpoint,
        "actors.state",
        file -> StateCodec.save(DamagedCheckpoint.with(StateCodec.load(file), part, state), file));
  }

  /** Nothing where something should be. */
  private static SavedState emptied(String part) {
    SavedState nothing = SavedState.builder().build();
    return switch (part) {
      case "environments" -> SavedState.builder().put("environment-0", nothing).build();
      case "learner" -> SavedState.builder().put("learner", nothing).build();
      default -> nothing;
    };
  }
}
