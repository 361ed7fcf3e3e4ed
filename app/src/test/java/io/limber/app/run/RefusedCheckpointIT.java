package io.limber.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.app.config.EffectiveConfig;
import io.limber.app.config.InvalidConfigException;
import io.limber.core.checkpoint.Checkpoint;
import io.limber.core.state.SavedState;
import io.limber.protos.StateCodec;
import io.limber.testkit.DamagedCheckpoint;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that go on from checkpoints whose checksums are right, and which do not fit all the same.
 */
class RefusedCheckpointIT {

  @TempDir private Path folder;

  private final StringWriter console = new StringWriter();
  private Path run;
  private byte[] end;
  private List<Checkpoint> checkpoints;

  @BeforeEach
  void train() throws Exception {
    run = folder.resolve("run");
    SmallRuns.run(config(100), run, new StringWriter()); // each end makes a checkpoint
    resume(150, OptionalLong.empty());
    resume(200, OptionalLong.empty());
    end = finalParameters();
    checkpoints = new RunFolder(run).checkpoints().list();
    assertThat(checkpoints).extracting(Checkpoint::step).containsExactly(200L, 150L, 100L);
  }

  @Test
  void resume_whereReplayRefuses_goesOnFromTheNextOlderAndEndsAsItWould() throws Exception {
    damage(checkpoints.get(0), "replay");
    damage(checkpoints.get(1), "learner");

    TrainingSummary summary = resume(200, OptionalLong.empty());

    assertThat(summary.outcome()).as(console.toString()).isEqualTo(Outcome.COMPLETED);
    assertThat(summary.toMap()).containsEntry("resumed-from", checkpoints.get(2).step());
    for (int i = 0; i < 2; i++) {
      assertThat(console.toString())
          .contains("the checkpoint at step " + checkpoints.get(i).step() + " is passed over: ")
          .contains(checkpoints.get(i).path() + " does not fit: ")
          .contains("from the older checkpoint at step " + checkpoints.get(i + 1).step());
    }
    assertThat(finalParameters()).isEqualTo(end);
  }

  @Test
  void resume_whereAllAreRefused_failsAndLeavesThemInUse() throws Exception {
    for (Checkpoint checkpoint : checkpoints) {
      damage(checkpoint, "replay");
    }

    TrainingSummary summary = resume(200, OptionalLong.empty());

    assertThat(summary.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(summary.failure().orElseThrow()).contains("does not fit");
    assertThat(console.toString()).contains("there is no older checkpoint that can be used");
    for (Checkpoint checkpoint : checkpoints) {
      checkpoint.verify();
    }
  }

  @Test
  void resume_ofOneStepThatIsRefused_fails() throws Exception {
    damage(checkpoints.get(1), "replay");

    TrainingSummary summary = resume(200, OptionalLong.of(checkpoints.get(1).step()));

    assertThat(summary.outcome()).isEqualTo(Outcome.FAILED);
    checkpoints.get(0).verify(); // not out of use: nothing went on from before it
  }

  @Test
  void resume_toFewerUpdatesThanAreDone_isRefusedAndChangesNothing() throws Exception {
    RunFolder before = new RunFolder(run);
    byte[] config = Files.readAllBytes(before.config());
    byte[] summary = Files.readAllBytes(before.summary());

    assertThatThrownBy(() -> resume(150, OptionalLong.empty()))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContainingAll("limber.run.updates = 150", "at least the 200", "--step");

    assertThat(before.config()).hasBinaryContent(config);
    assertThat(before.summary()).hasBinaryContent(summary);
    assertThat(resume(150, OptionalLong.of(100)).outcome()).isEqualTo(Outcome.COMPLETED);
  }

  private TrainingSummary resume(long updates, OptionalLong step) throws Exception {
    RunConsole shown = new RunConsole(new PrintWriter(console, true), false, 80);
    return new TrainingRun(config(updates), new TensorFlowAgents(), shown)
        .resume(run, step, new CompletableFuture<>());
  }

  private EffectiveConfig config(long updates) {
    List<String> sets = new ArrayList<>(SmallRuns.SMALL);
    sets.addAll(
        List.of(
            "run.updates=" + updates,
            "checkpoint={ period = 1000, keep = 4 }",
            "probe.schedule.plasticity=0"));
    return SmallRuns.config(List.of(), sets);
  }

  private byte[] finalParameters() throws Exception {
    return Files.readAllBytes(run.resolve("snapshots/final.limber"));
  }

  /** Nothing where something should be. */
  private static void damage(Checkpoint checkpoint, String part) throws Exception {
    SavedState nothing = SavedState.builder().build();
    DamagedCheckpoint.edit(
        checkpoint,
        "actors.state",
        file ->
            StateCodec.save(DamagedCheckpoint.with(StateCodec.load(file), part, nothing), file));
  }
}
