package io.limber.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.protos.SnapshotCodec;
import io.limber.testkit.FakeParameters;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Snapshots that are refused before TensorFlow starts. */
class ProbeCommandTest {

  @TempDir private Path folder;

  private final StringWriter err = new StringWriter();
  private Path file;
  private byte[] whole;

  @BeforeEach
  void setUp() throws IOException {
    file = folder.resolve("some.limber");
    SnapshotCodec.save(FakeParameters.snapshot(7, 1), file);
    whole = Files.readAllBytes(file);
  }

  @Test
  void probe_ofAnEmptyFile_isRefusedByName() throws IOException {
    assertRefused(new byte[0], "it is empty");
  }

  @Test
  void probe_ofATruncatedSnapshot_isRefusedByName() throws IOException {
    assertRefused(Arrays.copyOf(whole, whole.length - 1), "it is truncated: it ends within its ");
  }

  @Test
  void probe_ofASnapshotWithAFlippedBit_isRefusedByName() throws IOException {
    byte[] flipped = whole.clone();
    flipped[20] ^= 1; // in the header
    assertRefused(flipped, "checksum");
  }

  @Test
  void probe_ofAForeignFile_isRefusedByName() throws IOException {
    assertRefused("PK, an archive".getBytes(StandardCharsets.UTF_8), "it is no snapshot of Limber");
  }

  private void assertRefused(byte[] bytes, String cause) throws IOException {
    Files.write(file, bytes);

    assertThat(execute("--snapshot", file.toString(), "--out", folder + "/out")).isEqualTo(3);

    assertThat(err.toString()).startsWith("limber: " + file + ": ").contains(cause);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void probe_ofNothing_isRefusedByName() {
    assertThat(execute("--snapshot", folder.resolve("gone").toString())).isEqualTo(3);

    assertThat(err.toString()).contains("gone must be there to be measured");
  }

  @Test
  void probe_withAnUnknownKey_namesTheNearest() {
    assertThat(execute("--snapshot", file.toString(), "--set", "sed=2")).isEqualTo(2);

    assertThat(err.toString()).contains("nearest: limber.seed");
  }

  @Test
  void probe_withoutASnapshot_isWrongUsage() {
    assertThat(execute("--measure", "plasticity")).isEqualTo(2);

    assertThat(err.toString()).contains("--snapshot");
  }

  private int execute(String... arguments) {
    CommandLine commandLine = Limber.commandLine();
    commandLine.setErr(new PrintWriter(err, true));
    String[] all = new String[arguments.length + 1];
    all[0] = "probe";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return commandLine.execute(all);
  }
}
