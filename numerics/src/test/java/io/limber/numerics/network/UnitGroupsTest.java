package io.limber.numerics.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnitGroupsTest {

  @Test
  void unitGroups_convolutional_mapChannelsToTheRowsTheyFeed() {
    List<UnitGroup> groups = TestNetworks.convolutional().unitGroups();

    assertThat(groups).extracting(UnitGroup::place).containsExactly(2, 4, 7);
    assertThat(groups).extracting(g -> g.producer().place()).containsExactly(1, 3, 6);
    assertThat(groups).extracting(UnitGroup::units).containsExactly(3, 2, 5);
    // the second convolution's two channels have 2x1 pixels, flattened: rows 0 and 2 are channel 0
    UnitGroup.Consumer dense = groups.get(1).consumers().get(0);
    assertThat(dense.stage().place()).isEqualTo(6);
    assertThat(dense.rowsPerUnit()).isEqualTo(2);
    assertThat(List.of(dense.unitOf(0), dense.unitOf(1), dense.unitOf(2), dense.unitOf(3)))
        .containsExactly(0, 1, 0, 1);
    assertThat(groups.get(0).consumers().get(0).rowsPerUnit()).isEqualTo(1);
  }

  @Test
  void unitGroups_unitsReadTwice_haveBothConsumers() {
    NetworkBuilder network = new NetworkBuilder(List.of(6));
    network.add(new Dense(5));
    int hidden = network.add(new Relu());
    int one = network.add(new Dense(3), hidden);
    int two = network.add(new Dense(3), hidden);
    network.add(new Add(), one, two);

    List<UnitGroup> groups = network.build(Initializer.LECUN_NORMAL).unitGroups();

    assertThat(groups).hasSize(1);
    assertThat(groups.get(0).consumers())
        .extracting(consumer -> consumer.stage().place())
        .containsExactly(one, two);
  }

  @Test
  void unitGroups_residualSum_areLeftOut() {
    NetworkBuilder network = new NetworkBuilder(List.of(6));
    int before = network.add(new Dense(5));
    int bent = network.add(new Relu());
    network.add(new Add(), before, bent);
    network.add(new Relu());
    network.add(new Dense(2));

    assertThat(network.build(Initializer.LECUN_NORMAL).unitGroups()).isEmpty();
  }
}
