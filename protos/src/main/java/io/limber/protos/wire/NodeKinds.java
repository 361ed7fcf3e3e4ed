package io.limber.protos.wire;

import io.limber.protos.v1.WireHost;
import io.limber.protos.v1.WireHosting;
import io.limber.protos.v1.WireLost;
import io.limber.protos.v1.WirePlace;
import io.limber.protos.v1.WireRefused;
import io.limber.protos.v1.WireRelease;

/** What run and nodes agree on: who hosts which environments. */
final class NodeKinds {

  private NodeKinds() {}

  static void addTo(WireKinds kinds) {
    kinds.add("host", ToNode.Host.class, NodeKinds::host, WireHost.parser(), NodeKinds::host);
    kinds.add(
        "release",
        ToNode.Release.class,
        m -> WireRelease.newBuilder().setRun(m.run()).build(),
        WireRelease.parser(),
        p -> new ToNode.Release(p.getRun()));
    kinds.add(
        "hosting",
        ToRun.Hosting.class,
        m ->
            WireHosting.newBuilder()
                .setRun(m.run())
                .setNode(m.node())
                .setVersion(m.version())
                .setReceiver(m.receiver())
                .build(),
        WireHosting.parser(),
        p -> new ToRun.Hosting(p.getRun(), p.getNode(), p.getVersion(), p.getReceiver()));
    kinds.add(
        "refused",
        ToRun.Refused.class,
        m ->
            WireRefused.newBuilder()
                .setRun(m.run())
                .setNode(m.node())
                .setReason(m.reason())
                .build(),
        WireRefused.parser(),
        p -> new ToRun.Refused(p.getRun(), p.getNode(), p.getReason()));
    kinds.add(
        "lost",
        ToRun.Lost.class,
        m ->
            WireLost.newBuilder()
                .setRun(m.run())
                .setNode(m.node())
                .setEnvironment(m.environment())
                .setPlacement(m.placement())
                .build(),
        WireLost.parser(),
        p -> new ToRun.Lost(p.getRun(), p.getNode(), p.getEnvironment(), p.getPlacement()));
  }

  private static WireHost host(ToNode.Host message) {
    WireHost.Builder proto =
        WireHost.newBuilder()
            .setRun(message.run())
            .setVersion(message.version())
            .setConfig(message.config())
            .setFingerprint(message.fingerprint())
            .setOwner(message.owner())
            .setReplies(message.replies())
            .setReports(message.reports());
    message
        .places()
        .forEach(
            place ->
                proto.addPlaces(
                    WirePlace.newBuilder()
                        .setEnvironment(place.environment())
                        .setPlacement(place.placement())
                        .setSteps(place.steps())
                        .setInlet(place.inlet())
                        .setSaved(place.saved())));
    return proto.build();
  }

  private static ToNode.Host host(WireHost proto) {
    return new ToNode.Host(
        proto.getRun(),
        proto.getVersion(),
        proto.getConfig(),
        proto.getFingerprint(),
        proto.getOwner(),
        proto.getReplies(),
        proto.getReports(),
        proto.getPlacesList().stream()
            .map(
                p ->
                    new ToNode.Place(
                        p.getEnvironment(),
                        p.getPlacement(),
                        p.getSteps(),
                        p.getInlet(),
                        p.getSaved()))
            .toList());
  }
}
