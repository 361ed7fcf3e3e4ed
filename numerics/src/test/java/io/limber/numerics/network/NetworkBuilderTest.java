package io.limber.numerics.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkBuilderTest {

  private final NetworkBuilder network = new NetworkBuilder(List.of(6));

  @Test
  void build_residualSum_namesItsInputs() {
    int before = network.add(new Dense(5));
    int bent = network.add(new Relu());
    network.add(new Add(), before, bent);
    network.add(new Dense(2));

    Network built = network.build(Initializer.LECUN_NORMAL);

    assertThat(built.layout().architecture()).isEqualTo("6-dense5-relu-add(1,2)-dense2");
    assertThat(built.stages().get(2).inputs()).containsExactly(1, 2);
    assertThat(built.firstLinear().place()).isEqualTo(1);
    assertThat(built.lastDense().place()).isEqualTo(4);
    assertThat(built.outputShape()).containsExactly(2);
  }

  @Test
  void add_inputsOfDifferentShapes_isRefused() {
    network.add(new Dense(5));
    assertThatThrownBy(() -> network.add(new Add(), 0, 1))
        .hasMessage("add takes inputs of equal shapes, not [[6], [5]]");
  }

  @Test
  void add_wrongNumberOfInputs_isRefused() {
    assertThatThrownBy(() -> network.add(new Add())).hasMessage("add takes 2 inputs, not 1");
  }

  @Test
  void add_placeThatIsNotThereYet_isRefused() {
    assertThatThrownBy(() -> network.add(new Dense(2), 1))
        .hasMessage("dense2 cannot take place 1 of 0");
  }

  @Test
  void build_placeThatNobodyTakes_isRefused() {
    network.add(new Dense(5));
    network.add(new Dense(5), 0);
    assertThatThrownBy(() -> network.build(Initializer.LECUN_NORMAL))
        .hasMessage("nobody takes what is at place 1");
  }

  @Test
  void build_withoutLayers_isRefused() {
    assertThatThrownBy(() -> network.build(Initializer.LECUN_NORMAL))
        .hasMessage("a network has at least one layer");
  }

  @Test
  void upTo_behindTheLastParameters_keepsTheLayout() {
    network.add(new Dense(5));
    Network whole = network.build(Initializer.LECUN_NORMAL).followedBy(new Relu());

    Network part = whole.upTo(1);

    assertThat(whole.layout().architecture()).isEqualTo("6-dense5-relu");
    assertThat(part.layout()).isEqualTo(whole.layout());
    assertThat(part.stages()).hasSize(1);
    assertThat(part.outputShape()).containsExactly(5);
  }

  @Test
  void upTo_beforeParameters_isRefused() {
    network.add(new Relu());
    network.add(new Dense(5));
    Network whole = network.build(Initializer.LECUN_NORMAL);

    assertThatThrownBy(() -> whole.upTo(1))
        .hasMessage("6-relu-dense5 has parameters behind place 1");
    assertThatThrownBy(() -> whole.followedBy(new Dense(2)))
        .hasMessage("dense2 learns, so it needs a builder");
  }
}
