package io.limber.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectiveConfigTest {

  @TempDir private Path folder;

  @Test
  void layers_settingOneKey_winInTheirOrder() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home/conf")).getParent();
    Files.writeString(home.resolve("conf/application.conf"), "limber { seed = 2, device = gpu }");
    Path first = file("a.conf", "limber { seed = 3, data.limit = 7, replay.capacity = 5000 }");
    Path second = file("b.conf", "limber.data.limit = 8");

    EffectiveConfig config =
        EffectiveConfig.resolve(
            new ConfigSources(
                Optional.of(home),
                List.of(first, second),
                List.of(Assignment.parse("--set", "replay.capacity=6000"))));

    assertThat(config.limber().string("device")).isEqualTo("gpu"); // application.conf
    assertThat(config.limber().integer("seed")).isEqualTo(3); // first file
    assertThat(config.limber().integer("data.limit")).isEqualTo(8); // second file
    assertThat(config.limber().integer("replay.capacity")).isEqualTo(6000); // flag
    assertThat(config.limber().integer("replay.min-size")).isEqualTo(1000); // reference.conf
  }

  @Test
  void set_withAndWithoutTheRoot_meansTheSame() {
    assertThat(with("seed=5").limber().integer("seed")).isEqualTo(5);
    assertThat(with("limber.seed=5").limber().integer("seed")).isEqualTo(5);
  }

  @Test
  void set_ofALaterFlag_wins() {
    assertThat(with("seed=5", "seed=6").limber().integer("seed")).isEqualTo(6);
  }

  @Test
  void set_ofAnAlertRuleOfOnesOwn_needsNoDefault() {
    EffectiveConfig config =
        with(
            "alerts.rules.dead.metric=statistics/dead-fraction", "alerts.rules.dead.condition=> 1");

    assertThat(config.limber().section("alerts.rules.dead").string("condition")).isEqualTo("> 1");
    assertThatThrownBy(() -> with("alerts.rules.dead.metrics=statistics/dead-fraction"))
        .hasMessageContaining("limber.alerts.rules.dead.metrics");
  }

  @Test
  void set_ofAList_isAList() {
    assertThat(with("network.hidden-widths=[16, 8]").limber().integers("network.hidden-widths"))
        .containsExactly(16, 8);
  }

  @Test
  void set_ofTextThatIsNoHocon_isTakenLiterally() {
    assertThat(with("data.directory=C:/a//b#c").limber().string("data.directory"))
        .isEqualTo("C:/a//b#c");
    assertThat(with("data.directory=\"a//b\"").limber().string("data.directory")).isEqualTo("a//b");
    assertThat(with("data.directory=").limber().string("data.directory")).isEmpty();
  }

  @Test
  void set_withoutEqualsSign_isRefused() {
    assertThatThrownBy(() -> with("seed"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage("--set seed must have the form key=value, for instance seed=2");
  }

  @Test
  void unknownKey_inAFile_isRefusedWithPathValueRulePlaceAndNearestKey() throws IOException {
    Path file = file("typo.conf", "limber {\n  replay.min-sise = 10\n}");

    assertThatThrownBy(() -> EffectiveConfig.resolve(sources(List.of(file))))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("limber.replay.min-sise = 10 must be a key that exists")
        .hasMessageContaining("typo.conf: 2")
        .hasMessageEndingWith("nearest: limber.replay.min-size");
  }

  @Test
  void unknownKey_onTheCommandLine_isRefusedNamingTheFlag() {
    assertThatThrownBy(() -> with("replay.min-sise=10"))
        .hasMessageContaining("limber.replay.min-sise = 10 must be a key that exists (--set)")
        .hasMessageEndingWith("nearest: limber.replay.min-size");
  }

  @Test
  void unknownKey_thatExistsInAnotherSection_isAnsweredWithThatSection() {
    assertThatThrownBy(() -> with("batch-size=64"))
        .hasMessageEndingWith("nearest: limber.learner.batch-size");
  }

  @Test
  void unknownProbe_inTheSchedule_isRefusedWithTheNearestProbe() {
    assertThatThrownBy(() -> with("probe.schedule.plastisity=500"))
        .hasMessageContaining("limber.probe.schedule.plastisity = 500 must be a key that exists")
        .hasMessageEndingWith("nearest: limber.probe.schedule.plasticity");
  }

  @Test
  void unknownRoot_inAFile_isRefused() throws IOException {
    Path misspelt = file("root.conf", "limbre.seed = 2");
    Path bare = file("bare.conf", "replay.capacity = 2");

    assertThatThrownBy(() -> EffectiveConfig.resolve(sources(List.of(misspelt))))
        .hasMessageContaining("limbre = {…} must be a key that exists")
        .hasMessageEndingWith("nearest: limber");
    assertThatThrownBy(() -> EffectiveConfig.resolve(sources(List.of(bare))))
        .hasMessageEndingWith("nearest: limber.replay");
  }

  @Test
  void unknownKeys_inOneStart_areAllNamed() {
    assertThatThrownBy(() -> with("sed=2", "replay.capacety=3"))
        .isInstanceOfSatisfying(
            InvalidConfigException.class, e -> assertThat(e.problems()).hasSize(2));
  }

  @Test
  void value_whereASectionBelongs_isRefused() {
    assertThatThrownBy(() -> with("replay=3"))
        .hasMessageContaining("limber.replay = 3 must be a section of keys, not one value");
    assertThatThrownBy(() -> with("seed.x=3"))
        .hasMessageContaining("limber.seed = {…} must be a value, not a section of keys");
  }

  @Test
  void dispatcherKey_thatOnlyAkkaDocuments_isAccepted() {
    assertThat(with("native-dispatcher.shutdown-timeout=2s").limber().section("native-dispatcher"))
        .isNotNull();
  }

  @Test
  void file_thatIsNotThereOrBroken_isRefusedByName() throws IOException {
    Path broken = file("broken.conf", "limber { seed = ");

    assertThatThrownBy(() -> EffectiveConfig.resolve(sources(List.of(folder.resolve("no.conf")))))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("no.conf must be there to be read");
    assertThatThrownBy(() -> EffectiveConfig.resolve(sources(List.of(broken))))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("broken.conf");
  }

  @Test
  void render_readBack_givesAnEqualConfig() throws IOException {
    EffectiveConfig config =
        with(
            "seed=9",
            "probe.schedule.plasticity=500",
            "akka.loglevel=WARNING",
            "data.directory=a b");
    Path saved = file("config.conf", config.render());

    EffectiveConfig again = EffectiveConfig.resolve(sources(List.of(saved)));

    assertThat(again.whole().getConfig("limber")).isEqualTo(config.whole().getConfig("limber"));
    assertThat(again.whole().getString("akka.loglevel")).isEqualTo("WARNING");
    assertThat(again.render()).isEqualTo(config.render());
  }

  @Test
  void renderDefaults_forPeople_keepsTheComments() {
    assertThat(EffectiveConfig.renderDefaults())
        .contains("# Transitions that must be there before the first batch is drawn.")
        .contains("min-size=1000");
  }

  private static EffectiveConfig with(String... sets) {
    return EffectiveConfig.resolve(
        new ConfigSources(
            Optional.empty(),
            List.of(),
            Arrays.stream(sets).map(text -> Assignment.parse("--set", text)).toList()));
  }

  private static ConfigSources sources(List<Path> files) {
    return new ConfigSources(Optional.empty(), files, List.of());
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
