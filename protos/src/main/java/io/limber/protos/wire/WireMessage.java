package io.limber.protos.wire;

/**
 * All that nodes tell each other in Protobuf. Actors are named by references, the text form of
 * their addresses.
 */
public sealed interface WireMessage
    permits ToNode,
        ToRun,
        ToInlet,
        ToUplink,
        ToReceiver,
        ToSender,
        ToAgentNode,
        ToSweep,
        ToOrderer,
        ToReplayNode,
        ToReplayRun,
        OnReplayLink {}
