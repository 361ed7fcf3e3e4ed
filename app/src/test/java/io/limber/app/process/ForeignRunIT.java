package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.app.Main;
import io.limber.core.hash.Sha256;
import io.limber.testkit.process.Await;
import io.limber.testkit.process.JavaProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Run folders that are another's, or of another program: faults 10 and the fencing of fault 5.
 * Pass: refused with the reason and an exit code, nothing of the folder changed, never half taken.
 */
class ForeignRunIT {

  private static final int WHERE_THE_VERSION_IS = 8;

  @TempDir private Path folder;

  private Path run;

  /** All in one run: most of the time goes into starting processes. */
  @Test
  void resume_ofCheckpointsThatDoNotFit_isRefusedWithTheReason() throws Exception {
    run = folder.resolve("run");
    end(start(train()), 0);
    Path checkpoint = run.resolve("checkpoints/step-000000200");

    refused(
        rewritten(checkpoint, json -> json.replaceAll("(\"format-version\" ?: ?)1", "$12")),
        "has format version 2, this Limber reads 1 to 1: a newer Limber wrote it");
    refused(
        rewritten(checkpoint, json -> json.replaceAll("(\"format-version\" ?: ?)1", "$10")),
        "has format version 0, this Limber reads 1 to 1: it was altered");
    refused(
        rewritten(checkpoint, json -> json.replace("dense8-relu", "dense9-relu")),
        "is of another network: 28x28x1-flatten-dense9-relu-dense10, this run has"
            + " 28x28x1-flatten-dense8-relu-dense10");

    // every file is whole by its checksum, and yet written in the other byte order
    Path rows = only(run.resolve("checkpoints/replay"));
    refused(
        reversedVersion(checkpoint, rows),
        "replay rows in the other byte order (big-endian) must be little-endian");
    refused(
        reversedVersion(checkpoint, checkpoint.resolve("policy.limber")),
        "in the other byte order (big-endian)");

    end(start(List.of("resume", run.toString(), "--updates", "210")), 0); // all is undone again
  }

  /** What to do to put everything back. */
  private interface Undo {
    void run() throws IOException;
  }

  private void refused(Undo undo, String reason) throws Exception {
    String before = listing();
    try (JavaProcess process =
        start(List.of("resume", run.toString(), "--updates", "210", "--json"))) {
      assertThat(process.awaitExit()).as(process.errors()).isEqualTo(3);
      assertThat(process.errors()).contains(reason);
    }
    assertThat(listing()).isEqualTo(before);
    undo.run();
  }

  private String listing() throws IOException {
    try (Stream<Path> files = Files.walk(run.resolve("checkpoints"))) {
      return files.map(Path::toString).sorted().toList().toString();
    }
  }

  private static Path only(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findFirst().orElseThrow();
    }
  }

  /** Another manifest, with a marker that vouches for it. */
  private static Undo rewritten(Path checkpoint, UnaryOperator<String> change) throws IOException {
    Path manifest = checkpoint.resolve("manifest.json");
    Path done = checkpoint.resolve("DONE");
    String before = Files.readString(manifest);
    String marker = Files.readString(done);
    String after = change.apply(before);
    assertThat(after).isNotEqualTo(before);
    Files.writeString(manifest, after);
    Files.writeString(done, Sha256.of(after.getBytes(StandardCharsets.UTF_8)));
    return () -> {
      Files.writeString(manifest, before);
      Files.writeString(done, marker);
    };
  }

  /** The format version of a file as a machine of the other byte order would write it. */
  private static Undo reversedVersion(Path checkpoint, Path file) throws IOException {
    byte[] before = Files.readAllBytes(file);
    String digest = Sha256.of(before);
    ByteBuffer bytes = ByteBuffer.wrap(before.clone()).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.getInt(WHERE_THE_VERSION_IS)).isEqualTo(1);
    bytes.putInt(WHERE_THE_VERSION_IS, Integer.reverseBytes(1));
    Files.write(file, bytes.array());
    String foreign = Sha256.of(bytes.array());
    Undo manifest = rewritten(checkpoint, json -> json.replace(digest, foreign));
    return () -> {
      Files.write(file, before);
      manifest.run();
    };
  }

  /** Pass: one process writes a run folder; a second one is told which, and changes nothing. */
  @Test
  void secondWriter_ofARunFolder_isRefusedUntilTheFirstOneIsGone() throws Exception {
    run = folder.resolve("run");
    try (JavaProcess first = start(train("run.updates=100000000"))) {
      Await.until(
          "a checkpoint",
          JavaProcess.LIMIT,
          () -> Files.exists(run.resolve("checkpoints/step-000000200/DONE")));

      for (List<String> second : List.of(List.of("resume", run.toString()), train())) {
        try (JavaProcess process = start(second)) {
          assertThat(process.awaitExit()).as(process.errors()).isEqualTo(2);
          assertThat(process.errors()).contains(run.toString());
        }
      }
      try (JavaProcess process = start(List.of("resume", run.toString()))) {
        assertThat(process.awaitExit()).isEqualTo(2);
        assertThat(process.errors()).contains("process " + first.pid());
      }
      // paused, not dead: a process that only cannot be heard keeps its folder
      first.pause();
      try (JavaProcess process = start(List.of("resume", run.toString()))) {
        assertThat(process.awaitExit()).isEqualTo(2);
      }
      first.resume();
      first.kill();
    }
    try (JavaProcess next = start(List.of("resume", run.toString()))) {
      next.awaitLine(line -> line.startsWith("train") && line.contains("updates/s"));
      next.signal("TERM");
      end(next, 143);
    }
    requireOneTimeline();
  }

  /**
   * Each step is reported once by the learner: two writers would have reported some of them twice.
   */
  private void requireOneTimeline() throws IOException {
    Pattern step = Pattern.compile("\"step\":(\\d+).*\"learner/updates\"");
    List<Long> steps = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      Matcher matcher = step.matcher(line);
      if (matcher.find()) {
        steps.add(Long.parseLong(matcher.group(1)));
      }
    }
    assertThat(steps).isNotEmpty().doesNotHaveDuplicates().isSorted();
  }

  private JavaProcess start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("-Xmx512m", Main.class.getName()));
    command.addAll(arguments);
    return JavaProcess.start(Files.createTempFile(folder, "errors", ".txt"), command);
  }

  private static void end(JavaProcess process, int code) throws Exception {
    try (process) {
      assertThat(process.awaitExit()).as(process.errors()).isEqualTo(code);
    }
  }

  private List<String> train(String... more) {
    List<String> sets =
        new ArrayList<>(
            List.of(
                "run.updates=200",
                "network.hidden-widths=[8]",
                "replay.capacity=1000",
                "replay.min-size=100",
                "learner.target-update-period=100",
                "probe.schedule.plasticity=0",
                "checkpoint.period=200",
                "run.report-period=100",
                "run.evaluation-steps=64",
                "progress-interval=100ms"));
    sets.addAll(List.of(more));
    List<String> arguments =
        new ArrayList<>(List.of("train", "--device", "cpu", "--run-dir", run.toString()));
    sets.forEach(set -> arguments.addAll(List.of("--set", set)));
    return arguments;
  }
}
