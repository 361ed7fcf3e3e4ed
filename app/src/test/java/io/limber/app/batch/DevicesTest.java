package io.limber.app.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.EffectiveConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DevicesTest {

  private static final Room EIGHT_CORES = new Room(8, 800, 100);

  private final Devices two = Devices.of(config("cluster.devices=[\"gpu:0\", \"gpu:1\"]"));
  private final EffectiveConfig agent = config("seed=3");

  @Test
  void agents_areEachOnTheDeviceWithTheFewest() {
    Devices.Place first = two.place(agent);
    Devices.Place second = two.place(agent);
    Devices.Place third = two.place(agent);

    assertThat(first.device()).isEqualTo("gpu:0");
    assertThat(second.device()).isEqualTo("gpu:1");
    assertThat(third.device()).isEqualTo("gpu:0");

    second.close();

    assertThat(two.place(agent).device()).isEqualTo("gpu:1");
  }

  @Test
  void agent_thatIsPlaced_obeysItsDeviceAndKeepsItsKey() {
    EffectiveConfig placed = two.place(agent).config();

    assertThat(placed.limber().string("device")).isEqualTo("gpu:0");
    assertThat(placed.render()).contains("gpu:0");
    assertThat(ConfigKey.of(placed)).isEqualTo(ConfigKey.of(agent));
  }

  @Test
  void agent_thatNamesADevice_getsThatOne() {
    EffectiveConfig named = config("device=cpu");

    Devices.Place place = two.place(named);

    assertThat(place.device()).isEmpty();
    assertThat(place.config()).isSameAs(named);
    assertThat(two.place(agent).device()).isEqualTo("gpu:0"); // it took no place
  }

  @Test
  void atOnce_isAnAgentPerDeviceAsFarAsMemoryGoesUnlessAskedFor() {
    assertThat(two.atOnce(OptionalInt.empty(), EIGHT_CORES)).isEqualTo(2);
    assertThat(two.atOnce(OptionalInt.empty(), new Room(8, 150, 100))).isEqualTo(1);
    assertThat(two.atOnce(OptionalInt.of(5), EIGHT_CORES)).isEqualTo(5);
  }

  @Test
  void atOnce_onTheCpu_isAnAgentPerCore() {
    Devices cpu = Devices.of(config("device=cpu"));

    assertThat(cpu.atOnce(OptionalInt.empty(), EIGHT_CORES)).isEqualTo(8);
    assertThat(cpu.place(agent).device()).isEqualTo("cpu");
    assertThat(cpu.place(agent).device()).isEqualTo("cpu");
    assertThat(cpu.text()).isEqualTo("cpu");
  }

  private static EffectiveConfig config(String... sets) {
    List<Assignment> assignments =
        Arrays.stream(sets).map(text -> Assignment.parse("--set", text)).toList();
    return EffectiveConfig.resolve(new ConfigSources(Optional.empty(), List.of(), assignments));
  }
}
