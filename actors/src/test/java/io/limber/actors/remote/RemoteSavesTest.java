package io.limber.actors.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.TestInbox;
import io.limber.actors.replay.ReplayActor;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.state.SavedState;
import io.limber.protos.MalformedDataException;
import io.limber.protos.wire.ReplayContent;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteSavesTest {

  private static final String SEGMENT = "replay/rows.limber";
  private static final String SHA256 = "0123456789abcdef".repeat(4);

  @TempDir private Path folder;

  private final RemoteSaves saves = new RemoteSaves(Runnable::run);
  private final TestInbox<ReplayActor.SaveReply> checkpointer = TestInbox.create();

  @Test
  void save_whoseRowsAreInTheFolder_isAnsweredWithTheSegment() throws Exception {
    saves.begin(0);
    saves.add(save(1000, 0));
    Files.createDirectories(folder.resolve("replay"));
    Files.write(folder.resolve(SEGMENT), new byte[128]);

    SavedState state = SavedState.builder().put("inserted", 64).build();
    saves.take(new ReplayContent.Saved(1000, RemoteSaves.bytes(state), 64));
    saves.take(written(1000, 0, 64));

    ReplayActor.Saved saved = (ReplayActor.Saved) checkpointer.receiveMessage();
    assertThat(saved.state().integer("inserted")).isEqualTo(64);
    ReplayActor.RowsWritten rows = (ReplayActor.RowsWritten) checkpointer.receiveMessage();
    assertThat(rows.segment().orElseThrow().end()).isEqualTo(64);
    assertThat(rows.failure()).isEmpty();
  }

  @Test
  void save_whoseRowsAreOnAnotherDisk_fails() throws Exception {
    saves.begin(0);
    saves.add(save(1000, 0));

    saves.take(written(1000, 0, 64));

    ReplayActor.RowsWritten rows = (ReplayActor.RowsWritten) checkpointer.receiveMessage();
    assertThat(rows.segment()).isEmpty();
    assertThat(rows.failure().orElseThrow())
        .contains(folder.resolve(SEGMENT).toString())
        .contains("must be the same on both");
  }

  @Test
  void save_afterALoss_asksForAllRowsAndThenForNewOnes() throws Exception {
    saves.begin(0); // the segments up to 500 may hold rows of the table that is gone

    assertThat(((ReplayContent.Save) saves.add(save(1000, 500))).from()).isZero();
    saves.take(written(1000, 0, 400));

    assertThat(((ReplayContent.Save) saves.add(save(2000, 400))).from()).isEqualTo(400);
  }

  @Test
  void save_underWayWhenTheTableIsLost_fails() {
    saves.begin(0);
    saves.add(save(1000, 0));

    saves.failAll("lost");

    assertThat(((ReplayActor.RowsWritten) checkpointer.receiveMessage()).failure())
        .contains("lost");
  }

  @Test
  void answer_withASegmentOutsideTheFolder_isRefused() {
    saves.begin(0);
    saves.add(save(1000, 0));

    assertThatThrownBy(
            () ->
                saves.take(new ReplayContent.RowsWritten(1000, "../rows", 128, SHA256, 0, 64, "")))
        .isInstanceOf(MalformedDataException.class);
  }

  private ReplayActor.Save save(long step, long from) {
    return new ReplayActor.Save(step, from, new CheckpointFolder(folder), checkpointer.getRef());
  }

  private static ReplayContent.RowsWritten written(long step, long first, long end) {
    return new ReplayContent.RowsWritten(step, SEGMENT, 128, SHA256, first, end, "");
  }
}
