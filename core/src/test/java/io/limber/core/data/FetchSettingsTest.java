package io.limber.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.limber.core.config.InvalidSettingException;
import io.limber.core.config.Section;
import io.limber.core.data.FetchSettings.RemoteFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FetchSettingsTest {

  private static final String FILE = "limber.fetch.mnist.files.\"t10k-labels-idx1-ubyte.gz\"";

  private static FetchSettings read(String overrides) {
    return read(overrides, DataSet.MNIST);
  }

  private static FetchSettings read(String overrides, DataSet set) {
    return FetchSettings.from(
        Section.of(
            ConfigFactory.parseString(overrides).withFallback(ConfigFactory.defaultReference()),
            "limber"),
        set);
  }

  @Test
  void from_referenceConf_givesTheOfficialFiles() {
    assertThat(read(""))
        .isEqualTo(
            new FetchSettings(
                Path.of("data", "mnist"),
                URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
                List.of(
                    new RemoteFile(
                        "t10k-images-idx3-ubyte.gz",
                        1_648_877,
                        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
                    new RemoteFile(
                        "t10k-labels-idx1-ubyte.gz",
                        4_542,
                        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
                    new RemoteFile(
                        "train-images-idx3-ubyte.gz",
                        9_912_422,
                        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
                    new RemoteFile(
                        "train-labels-idx1-ubyte.gz",
                        28_881,
                        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c")),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                3,
                Duration.ofSeconds(1)));
  }

  @Test
  void from_referenceConf_givesCifarsArchive() {
    FetchSettings settings = read("", DataSet.CIFAR10);

    assertThat(settings.directory()).isEqualTo(Path.of("data", "cifar10"));
    assertThat(settings.baseUrl()).isEqualTo(URI.create("https://www.cs.toronto.edu/~kriz/"));
    assertThat(settings.files())
        .containsExactly(
            new RemoteFile(
                CifarArchive.NAME,
                170_052_171,
                "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"));
  }

  @Test
  void from_referenceConf_givesTheFilesThatAFolderIsReadFrom() {
    FetchSettings settings = read("", DataSet.FASHION_MNIST);

    assertThat(settings.directory()).isEqualTo(Path.of("data", "fashion-mnist"));
    assertThat(settings.files()).extracting(RemoteFile::name).isEqualTo(names(read("")));
    // as they lie on the authors' server
    assertThat(settings.totalBytes()).isEqualTo(26_421_880 + 29_515 + 4_422_102 + 5_148);
  }

  private static List<String> names(FetchSettings settings) {
    return settings.files().stream().map(RemoteFile::name).toList();
  }

  @Test
  void from_everyKeySet_readsEachFromItsPlace() {
    FetchSettings settings =
        read(
            "limber.fetch { directory = elsewhere, connect-timeout = 1s, stall-timeout = 2s,"
                + " attempts = 7, retry-delay = 3s, mnist.base-url = \"http://localhost:8000/\" }");

    assertThat(settings.directory()).isEqualTo(Path.of("elsewhere", "mnist"));
    assertThat(settings.baseUrl()).isEqualTo(URI.create("http://localhost:8000/"));
    assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.stallTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.attempts()).isEqualTo(7);
    assertThat(settings.retryDelay()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.totalBytes()).isEqualTo(1_648_877 + 4_542 + 9_912_422 + 28_881);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limber.fetch.attempts = 0 | limber.fetch.attempts = 0 must lie in [1, 100]",
        "limber.fetch.stall-timeout = 0s | limber.fetch.stall-timeout = 0ms must be at least 1ms",
        "limber.fetch.mnist.base-url = \"ftp://host/\" | must be an http or https address",
        "limber.fetch.mnist.base-url = \"https://host/mnist\" | that ends with a slash",
        "limber.fetch.mnist.base-url = \"http://host/%zz/\" | must be a valid address",
        FILE + ".bytes = 0 | bytes = 0 must be the file's size in bytes, at least 1",
        FILE + ".sha256 = abc | sha256 = abc must be 64 lower-case hexadecimal digits",
        "limber.fetch.mnist.files.\"../evil\" { bytes = 1 } | files = ../evil must name plain files",
      })
  void from_senselessValue_isRefusedWithTheRule(String override, String message) {
    assertThatThrownBy(() -> read(override))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(message);
  }

  @Test
  void from_noFiles_isRefused() {
    Section limber =
        Section.of(
            ConfigFactory.parseString("limber.fetch.mnist.files = {}")
                .withFallback(
                    ConfigFactory.defaultReference().withoutPath("limber.fetch.mnist.files")),
            "limber");

    assertThatThrownBy(() -> FetchSettings.from(limber, DataSet.MNIST))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("limber.fetch.mnist.files = [] must list at least one file");
  }
}
