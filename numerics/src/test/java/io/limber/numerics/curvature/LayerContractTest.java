package io.limber.numerics.curvature;

import io.limber.numerics.network.Network;
import io.limber.numerics.network.TestNetworks;
import java.util.List;

/** Each kind of layer in a network of its own. */
class LayerContractTest extends NetworkContract {

  @Override
  List<Network> networks() {
    return TestNetworks.ofEachLayer();
  }
}
