package io.limber.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class LimberTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void help_ofTheProgram_namesCommandsExamplesAndExitCodes() {
    assertThat(execute("--help")).isZero();

    assertThat(out.toString())
        .contains("train", "probe", "data", "doctor", "config", "Examples:", "limber train --json");
    for (ExitCode code : ExitCode.values()) {
      assertThat(out.toString()).contains(code.code() + " ", code.meaning());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "probe", "data", "doctor", "config"})
  void help_ofACommand_hasExamples(String command) {
    assertThat(execute(command, "--help")).isZero();

    assertThat(out.toString()).contains("Usage: limber " + command, "Example", "--natives");
    assertThat(out.toString()).contains("130   Ctrl-C: stopped cleanly");
  }

  @ParameterizedTest
  @EnumSource
  void exitCodes_inTheDocumentation_areThoseOfTheProgram(ExitCode code) throws IOException {
    String page =
        Files.readString(Path.of(System.getenv("LIMBER_ROOT"), "docs", "command-line.md"));

    assertThat(page).contains("| " + code.code() + " | " + code.meaning() + " |");
  }

  @Test
  void version_saysLimberAndJava() {
    assertThat(execute("--version")).isZero();

    assertThat(out.toString()).startsWith("limber ").contains("Java ");
  }

  @Test
  void command_misspelt_isRefusedWithASuggestion() {
    assertThat(execute("trian")).isEqualTo(2);

    assertThat(err.toString()).contains("trian", "limber train", "--help");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void command_missing_isRefused() {
    assertThat(execute()).isEqualTo(2);

    assertThat(err.toString()).contains("Missing command");
  }

  @Test
  void train_withAnUnknownKey_endsBeforeItMakesAFolder() {
    int code = execute("train", "--set", "sed=2", "--run-dir", folder.resolve("run").toString());

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("limber.sed = 2", "nearest: limber.seed");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void train_withASenselessValue_endsBeforeItMakesAFolder() {
    int code = execute("train", "--updates", "-5", "--run-dir", folder.resolve("run").toString());

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("limber.run.updates = -5 must");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void train_withoutItsDataFiles_endsBeforeItMakesAFolder() {
    String run = folder.resolve("run").toString();

    assertThat(execute("train", "--data", folder.toString(), "--run-dir", run)).isEqualTo(3);

    assertThat(err.toString()).contains("train-images-idx3-ubyte", "limber data fetch mnist");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void train_intoAFolderThatHoldsSomething_isRefused() throws IOException {
    Files.writeString(folder.resolve("metrics.jsonl"), "");

    assertThat(execute("train", "--run-dir", folder.toString())).isEqualTo(2);

    assertThat(err.toString()).contains("must be new or empty, but holds metrics.jsonl");
  }

  @Test
  void config_withFlags_printsWhatARunWouldObey() {
    assertThat(execute("config", "--seed", "7", "--device", "cpu", "--json")).isZero();

    assertThat(ConfigFactory.parseString(out.toString()).getInt("limber.seed")).isEqualTo(7);
    assertThat(ConfigFactory.parseString(out.toString()).getString("limber.device"))
        .isEqualTo("cpu");
  }

  @Test
  void dataInfo_ofTheDefaults_describesTheEmbeddedImages() {
    assertThat(execute("data", "info", "--json")).isZero();

    assertThat(ConfigFactory.parseString(out.toString()).getInt("images")).isEqualTo(10000);
  }

  @Test
  void dataFetch_fromAServerThatDoesNotAnswer_failsByItsOwnCode() {
    int code =
        execute(
            "data",
            "fetch",
            "mnist",
            "--set",
            "fetch.mnist.base-url=http://127.0.0.1:1/", // nobody listens on port 1
            "--set",
            "fetch.attempts=1",
            "--set",
            "fetch.directory=" + folder);

    assertThat(code).isEqualTo(3);
    assertThat(err.toString()).contains("http://127.0.0.1:1/");
  }

  @Test
  void dataFetch_ofAnUnknownDataSet_namesThoseThereAre() {
    assertThat(execute("data", "fetch", "imagenet")).isEqualTo(2);

    assertThat(err.toString()).contains("'imagenet' must be one of mnist, fashion-mnist, cifar10");
  }

  @Test
  void dataImport_ofAFolderWithoutIt_failsByTheCodeForData() {
    int code = execute("data", "import", "fashion-mnist", folder.toString());

    assertThat(code).isEqualTo(3);
    assertThat(err.toString()).contains(folder + ": holds no Fashion-MNIST files");
  }

  @Test
  void dataImport_idxFiles_areThereForAList() throws IOException {
    byte[] images = {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 9};
    byte[] labels = {0, 0, 8, 1, 0, 0, 0, 1, 4};
    for (String prefix : new String[] {"train", "t10k"}) {
      Files.write(folder.resolve(prefix + "-images-idx3-ubyte"), images);
      Files.write(folder.resolve(prefix + "-labels-idx1-ubyte"), labels);
    }
    String data = "fetch.directory=" + folder.resolve("data");

    assertThat(execute("data", "import", "fashion-mnist", folder.toString(), "--set", data))
        .isZero();
    assertThat(execute("data", "list", "--set", data)).isZero();

    assertThat(out.toString())
        .contains(
            "1 training and 1 test images from official files",
            "NOT that of the official files",
            "limber train --data " + folder.resolve("data/fashion-mnist"),
            "--set data.name=fashion-mnist",
            "not there: limber data fetch cifar10");
  }

  @Test
  void train_onCifarWithoutAFolder_saysWhereToGetIt() {
    assertThat(execute("train", "--set", "data.name=cifar10")).isEqualTo(2);

    assertThat(err.toString()).contains("limber.data.directory", "limber data fetch cifar10");
  }

  private int execute(String... arguments) {
    CommandLine commandLine = Limber.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }
}
