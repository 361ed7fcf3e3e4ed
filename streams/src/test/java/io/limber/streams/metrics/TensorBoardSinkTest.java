package io.limber.streams.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.core.probe.ProbeTables;
import io.limber.core.probe.Table;
import io.limber.protos.tensorboard.RecordFraming;
import io.limber.protos.tensorboard.v1.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardSinkTest {

  private static final String SECONDS = "1769860800.25";

  @TempDir private Path folder;

  @Test
  void file_ofTwoReports_holdsTheVersionAndTheScalars() throws Exception {
    writeTwoReports();

    List<Event> events = readFramed();

    assertThat(events).hasSize(3);
    assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
    assertThat(events.get(1).getStep()).isEqualTo(1000);
    assertThat(events.get(1).getWallTime()).isEqualTo(Double.parseDouble(SECONDS));
    assertThat(events.get(1).getSummary().getValue(0).getTag()).isEqualTo("learner/loss");
    assertThat(events.get(2).getSummary().getValue(0).getTag())
        .isEqualTo("environment/steps/environment-1");
  }

  @Test
  void file_beforeTheFirstReport_isNotThere() throws IOException {
    TensorBoardSink sink =
        new TensorBoardSink(folder.resolve("events"), Duration.ofSeconds(2), OptionalLong.empty());
    sink.flush();
    sink.close();

    assertThat(folder.resolve("events")).doesNotExist();
  }

  @Test
  void file_betweenFlushes_growsAtTheFlushOnly() throws IOException {
    TensorBoardSink sink = new TensorBoardSink(folder, Duration.ofSeconds(2), OptionalLong.empty());
    sink.accept(Reports.loss(1, 0.5), Reports.TIME);
    sink.flush();
    long size = Files.size(onlyFile());

    sink.accept(Reports.loss(2, 0.5), Reports.TIME);
    assertThat(onlyFile()).hasSize(size);
    sink.flush();
    assertThat(Files.size(onlyFile())).isGreaterThan(size);
    sink.close();
  }

  @Test
  void file_readByTensorBoard_givesTheScalarsBack() throws Exception {
    String python = pythonWithTensorBoard();
    writeTwoReports();

    assertThat(readBy(python))
        .containsExactly(
            "file_version 2.0",
            "environment/steps/environment-1 1000 " + SECONDS + " 64000.0",
            "learner/loss 1000 " + SECONDS + " 0.25");
  }

  @Test
  void tables_readByTensorBoard_areHistogramsAndImages() throws Exception {
    String python = pythonWithTensorBoard();
    writeTables();

    assertThat(readBy(python))
        .containsExactly(
            "file_version 2.0",
            // trapezoids of the curve (0, 0), (1, 2), (3, 0): areas 1 and 2
            "hessian/density 4000 0.0 3.0 3.0 [1.0, 3.0] [1.0, 2.0]",
            "statistics/weights/hidden/kernel 4000 -1.0 3.0 10.0 [1.0, 3.0] [4.0, 6.0]",
            "gradient-covariance/cosines 4000 512 512 PNG");
  }

  @Test
  void cosines_asAPicture_haveTheirColours() throws Exception {
    writeTables();
    var png = readFramed().get(3).getSummary().getValue(0).getImage().getEncodedImageString();
    var image = ImageIO.read(png.newInput());

    assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(0xb2182b); // 1
    assertThat(image.getRGB(511, 0) & 0xffffff).isEqualTo(0x2166ac); // −1
    assertThat(image.getRGB(0, 511) & 0xffffff).isEqualTo(0xffffff); // 0
    assertThat(image.getRGB(511, 511) & 0xffffff).isEqualTo(0x808080); // NaN
  }

  private void writeTables() throws IOException {
    TensorBoardSink sink = new TensorBoardSink(folder, Duration.ofSeconds(2), OptionalLong.empty());
    List<String> tensors = List.of("hidden/kernel", "broken");
    accept(
        sink,
        "statistics",
        new Table(
            "weight-range",
            tensors,
            List.of(new double[] {-1, Double.NaN}, new double[] {3, Double.NaN})),
        new Table("weight-histogram", tensors, List.of(new double[] {4, 1}, new double[] {6, 0})));
    accept(
        sink,
        "hessian",
        new Table(
            "density",
            List.of("eigenvalue", "density"),
            List.of(new double[] {0, 0}, new double[] {1, 2}, new double[] {3, 0})));
    accept(
        sink,
        "gradient-covariance",
        new Table(
            "cosines",
            List.of("a", "b"),
            List.of(new double[] {1, -1}, new double[] {0, Double.NaN})));
    accept(sink, "plasticity", Table.ofRow("learning-curve", List.of("step"), 1));
    sink.close();
  }

  private static void accept(TensorBoardSink sink, String probe, Table... tables)
      throws IOException {
    sink.accept(new ProbeTables(probe, 4000, List.of(tables)), Reports.TIME);
  }

  private static String pythonWithTensorBoard() throws Exception {
    String python = System.getenv().getOrDefault("LIMBER_PYTHON", "python3");
    assumeTrue(
        runs(python, "-c", "import tensorboard"),
        python + " has no tensorboard; LIMBER_PYTHON can name an interpreter that has");
    return python;
  }

  private List<String> readBy(String python) throws Exception {
    String script =
        Path.of(TensorBoardSinkTest.class.getResource("/read_events.py").toURI()).toString();
    Path output = Files.createTempFile("tensorboard", ".txt");
    assertThat(runs(output, python, script, folder.toString())).isTrue();
    return Files.readAllLines(output);
  }

  private void writeTwoReports() throws IOException {
    TensorBoardSink sink = new TensorBoardSink(folder, Duration.ofSeconds(2), OptionalLong.empty());
    sink.accept(Reports.loss(1000, 0.25), Reports.TIME);
    sink.accept(
        Report.of("environment-1", 1000, Map.of(Metric.ENVIRONMENT_STEPS, 64_000.0)), Reports.TIME);
    sink.close();
  }

  /** Reads record by record; the checksums are those that the same payload gets anew. */
  private List<Event> readFramed() throws Exception {
    ByteBuffer file =
        ByteBuffer.wrap(Files.readAllBytes(onlyFile())).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (file.hasRemaining()) {
      int start = file.position();
      byte[] payload = new byte[(int) file.getLong(start)];
      file.position(start + 12).get(payload);
      byte[] record = Arrays.copyOfRange(file.array(), start, file.position() + 4);
      assertThat(record).isEqualTo(RecordFraming.frame(payload));
      file.position(file.position() + 4);
      events.add(Event.parseFrom(payload));
    }
    return events;
  }

  private Path onlyFile() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      Path file = files.toList().get(0);
      assertThat(file.getFileName().toString())
          .matches("events\\.out\\.tfevents\\.1769860800\\..+\\.\\d+");
      return file;
    }
  }

  private static boolean runs(String... command) throws Exception {
    return runs(Path.of("/dev/null"), command);
  }

  private static boolean runs(Path output, String... command) throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return false; // no such program
    }
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    return ended && process.exitValue() == 0;
  }
}
