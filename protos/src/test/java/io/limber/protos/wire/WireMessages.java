package io.limber.protos.wire;

import com.google.protobuf.ByteString;
import io.limber.protos.EncodedTransitions;
import io.limber.protos.StatePiece;
import java.nio.ByteBuffer;
import java.util.List;

/** One message of each kind. */
final class WireMessages {

  private WireMessages() {}

  static List<WireMessage> all() {
    return List.of(
        new ToNode.Host(
            "run-1",
            2,
            "limber {}",
            "ab12",
            "akka://limber@h:1/user/o#3",
            "akka://limber@h:1/user/p#4",
            "akka://limber@h:1/user/q#5",
            List.of(
                new ToNode.Place("environment-0", 1, 0, "akka://limber@h:1/user/i#6", false),
                new ToNode.Place("environment-1", 7, 640, "akka://limber@h:1/user/j#7", true))),
        new ToNode.Release("run-1"),
        new ToRun.Hosting("run-1", "akka://limber@h:2/user/n#8", 2, "akka://limber@h:2/user/r#9"),
        new ToRun.Refused("run-1", "akka://limber@h:2/user/n#8", "the data set differs"),
        new ToRun.Lost("run-1", "akka://limber@h:2/user/n#8", "environment-1", 7),
        new ToInlet.Announce((7L << 32) + 1, "akka://limber@h:2/user/u#10"),
        new ToInlet.Blocks((7L << 32) + 1, 41, List.of(block(1, 2, 3), block(4))),
        new ToInlet.Ask((7L << 32) + 1),
        new ToUplink.Progress((7L << 32) + 1, 42, 41, 2560, 10_240, true),
        new ToInlet.FetchState(7L << 32, "akka://limber@h:2/user/u#10", 4, 8),
        new ToUplink.SaveState((7L << 32) + 1, 5, 4, 8),
        new ToUplink.StatePart(7L << 32, new StatePiece(0, 2, 0xfedcba98, bytes(7, 8))),
        new ToInlet.StatePart((7L << 32) + 1, 5, new StatePiece(1, 2, 9, bytes(9))),
        new ToReceiver.SnapshotStart(3, "akka://limber@h:1/user/s#11", bytes(4)),
        new ToReceiver.SnapshotPart(3, 1, bytes(5, 6)),
        new ToSender.SnapshotCredit(3, 1),
        new ToAgentNode.Hire(
            "sweep-1",
            "/shared/agents",
            "0.1.0",
            1L << 32,
            "akka://limber@h:1/user/o#12",
            "akka://limber@h:1/user/p#13"),
        new ToAgentNode.Train("sweep-1", "0123456789ab", "limber {}"),
        new ToAgentNode.Stop("sweep-1"),
        new ToSweep.Offer("akka://limber@h:2/user/n#14", 2, ""),
        new ToSweep.Told(
            "akka://limber@h:2/user/n#14", "0123456789ab", "failed", 640, "no room", "gpu:1"),
        new ToRun.Seated(
            "run-1",
            "akka://limber@h:2/user/n#15",
            1,
            "akka://limber@h:2/user/h#16",
            List.of("akka://limber@h:2/user/s#17")),
        new ToOrderer.Probing(4, 0.5, true),
        new ToOrderer.Unmeasured(4, "a loss is not finite"),
        new ToReplayNode.Open(
            "run-1",
            2,
            "limber {}",
            "ab12",
            784,
            "/shared/run/checkpoints",
            bytes(7, 8),
            List.of("/shared/run/checkpoints/replay/rows-0.limber"),
            "akka://limber@h:1/user/o#15",
            "akka://limber@h:1/user/p#16",
            "akka://limber@h:1/user/q#17",
            "akka://limber@h:1/user/r#18"),
        new ToReplayNode.Close("run-1"),
        new ToReplayRun.Ready("akka://limber@h:2/user/n#19", 2, "akka://limber@h:2/user/l#20", 640),
        new ToReplayRun.Leaving("akka://limber@h:2/user/n#19", 2),
        new ToReplayRun.Unable("akka://limber@h:2/user/n#19", 2, "no memory"),
        new OnReplayLink.Received(2, 17, true),
        frame(new ReplayContent.Insert(block(9, 10))),
        frame(new ReplayContent.Draw()),
        frame(new ReplayContent.Peek(3, 512, -4)),
        frame(new ReplayContent.Save(1000, 640, "/shared/run/checkpoints")),
        frame(new ReplayContent.Stored(640, 320)),
        frame(new ReplayContent.Drawn(3, 64, 512, block(11))),
        frame(new ReplayContent.Saved(1000, bytes(12, 13), 704)),
        frame(
            new ReplayContent.RowsWritten(
                1000, "replay/rows-640-704.limber", 1064, "cd34", 640, 704, "no room")));
  }

  private static OnReplayLink.Frame frame(ReplayContent content) {
    return new OnReplayLink.Frame(2, 18, 17, content);
  }

  private static EncodedTransitions block(int... values) {
    return new EncodedTransitions(ByteString.copyFrom(bytes(values)));
  }

  private static ByteBuffer bytes(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length);
    for (int value : values) {
      bytes.put((byte) value);
    }
    return bytes.flip().asReadOnlyBuffer();
  }
}
