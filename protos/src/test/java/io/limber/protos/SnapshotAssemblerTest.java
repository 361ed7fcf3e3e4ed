package io.limber.protos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.agent.ParameterSnapshot;
import io.limber.protos.v1.ParameterLayout;
import io.limber.protos.v1.ParameterSnapshotHeader;
import io.limber.protos.v1.ParameterTensor;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SnapshotAssemblerTest {

  private final ParameterSnapshot snapshot = Snapshots.counting(5);
  private final SnapshotChunks chunks = new SnapshotChunks(snapshot, 8); // 2 + 2 + 1 numbers

  @Test
  void chunks_ofAnUnevenSnapshot_areAssembledToTheSame() throws MalformedDataException {
    SnapshotAssembler assembler = new SnapshotAssembler(chunks.header(), 20);
    for (int i = 0; i < chunks.count(); i++) {
      assembler.add(chunks.chunk(i));
    }

    assertThat(chunks.count()).isEqualTo(3);
    assertThat(Snapshots.bits(assembler.finish())).isEqualTo(Snapshots.bits(snapshot));
  }

  @Test
  void add_outOfOrder_isRefused() throws MalformedDataException {
    SnapshotAssembler assembler = new SnapshotAssembler(chunks.header(), 20);

    assertRefused(() -> assembler.add(chunks.chunk(1)), "its chunk 0 is numbered 1");
  }

  @Test
  void add_ofAnotherSnapshotsChunk_isRefused() throws MalformedDataException {
    SnapshotAssembler assembler = new SnapshotAssembler(chunks.header(), 20);
    var ofStep8 = chunks.chunk(0).toBuilder().setStep(8).build();
    var ofAnotherSize = chunks.chunk(0).toBuilder().setTotalBytes(24).build();

    assertRefused(() -> assembler.add(ofStep8), "its chunk 0 is of step 8, not 7");
    assertRefused(() -> assembler.add(ofAnotherSize), "its chunk 0 is of 24 bytes in all, not 20");
  }

  @Test
  void finish_withAChunkMissing_isABrokenContract() throws MalformedDataException {
    SnapshotAssembler assembler = new SnapshotAssembler(chunks.header(), 20);
    assembler.add(chunks.chunk(0));

    assertThatThrownBy(assembler::finish)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("has 1 of 3 chunks");
  }

  @Test
  void header_thatContradictsItself_isRefused() {
    assertRefused(header(h -> h.setStep(-1)), "its step is -1");
    assertRefused(
        header(h -> h.setTotalBytes(24)), "its layout has 5 numbers, its header 24 bytes");
    assertRefused(header(h -> h.setChunkBytes(0)), "its chunks have 0 bytes");
    assertRefused(header(h -> h.setChunkBytes(-4)), "its chunks have -4 bytes");
    assertRefused(header(h -> h.setChunkBytes(6)), "its chunks have 6 bytes");
    assertRefused(header(h -> h.setChunkBytes(1 << 30)), "its chunks have 1073741824 bytes");
  }

  @Test
  void layout_thatCannotBe_isRefused() {
    assertRefused(layout(tensor("w", -1)), "its tensor w has the shape [-1]");
    assertRefused(layout(tensor("w", 1), tensor("w", 2)), "its layout has tensor w twice");
    assertRefused(layout(tensor("w", 1 << 16, 1 << 16)), "more numbers than 31 bits can count");
    assertRefused(
        layout(tensor("v", 1 << 30), tensor("w", 1 << 30)), "more numbers than 31 bits can count");
  }

  private ThrowingCallable header(Consumer<ParameterSnapshotHeader.Builder> change) {
    ParameterSnapshotHeader.Builder header = chunks.header().toBuilder();
    change.accept(header);
    return () -> new SnapshotAssembler(header.build(), 1000);
  }

  private ThrowingCallable layout(ParameterTensor... tensors) {
    return header(h -> h.setLayout(ParameterLayout.newBuilder().addAllTensors(List.of(tensors))));
  }

  private static ParameterTensor tensor(String name, Integer... shape) {
    return ParameterTensor.newBuilder().setName(name).addAllShape(List.of(shape)).build();
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining(message);
  }
}
