package io.limber.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.limber.core.config.InvalidSettingException;
import io.limber.core.config.Section;
import io.limber.core.data.DataSettings.Split;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataSettingsTest {

  private static DataSettings read(String overrides) {
    return DataSettings.from(
        Section.of(
            ConfigFactory.parseString(overrides).withFallback(ConfigFactory.defaultReference()),
            "limber"));
  }

  @Test
  void from_referenceConf_givesTheDefaults() {
    assertThat(read(""))
        .isEqualTo(new DataSettings(DataSet.MNIST, Optional.empty(), Split.TRAIN, 0));
  }

  @Test
  void from_everyKeySet_readsEachFromItsPlace() {
    assertThat(
            read(
                "limber.data { name = mnist, directory = some/folder, split = all, limit = 5000 }"))
        .isEqualTo(
            new DataSettings(DataSet.MNIST, Optional.of(Path.of("some/folder")), Split.ALL, 5_000));
  }

  @Test
  void from_senselessValues_areRefusedWithTheRule() {
    assertRefused("limber.data.limit = -1", "be a number of images, or 0 to use all");
    assertRefused("limber.data.split = validation", "be one of train, test, all");
    assertRefused("limber.data.name = imagenet", "be one of mnist, fashion-mnist, cifar10");
  }

  @Test
  void from_aDataSetThatIsNotEmbedded_needsAFolder() {
    assertThatThrownBy(() -> read("limber.data.name = cifar10"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "limber.data.directory = \"\" must name the folder of the CIFAR-10 files, which are not"
                + " embedded; get them: limber data fetch cifar10, or limber data import cifar10"
                + " PATH");
    assertThat(read("limber.data { name = cifar10, directory = here }").name())
        .isEqualTo(DataSet.CIFAR10);
  }

  private static void assertRefused(String override, String rule) {
    assertThatThrownBy(() -> read(override))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(override + " must " + rule);
  }
}
