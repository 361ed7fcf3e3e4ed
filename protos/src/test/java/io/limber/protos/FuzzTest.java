package io.limber.protos;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.management.ThreadMXBean;
import io.limber.protos.v1.ParameterLayout;
import io.limber.protos.v1.ParameterSnapshotChunk;
import io.limber.protos.v1.ParameterSnapshotHeader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Frames by the hundred thousand against every decoder: each is taken or refused with a {@link
 * MalformedDataException}, and no frame makes its reader allocate beyond a bound of its own length,
 * whatever sizes it claims.
 */
class FuzzTest {

  /** A file's buffer of 64 KiB; builders, an exception with its trace, its message. */
  private static final long FIXED_BYTES = 96 << 10;

  /** Two bytes of Protobuf can announce an empty message, whose object takes 56. */
  private static final long BYTES_PER_BYTE = 64;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir private Path folder;

  @Test
  void transitions_ofAnyBytes_areTakenOrRefused() throws IOException {
    fuzz("transitions", 150_000, new TransitionsTarget(false));
  }

  @Test
  void transitions_oneBlockAfterAnother_areTakenOrRefused() throws IOException {
    fuzz("continued transitions", 150_000, new TransitionsTarget(true));
  }

  @Test
  void layout_ofAnyBytes_isTakenOrRefused() throws IOException {
    byte[] valid = LayoutCodec.toProto(Snapshots.small().layout()).toByteArray();
    fuzz(
        "layout",
        100_000,
        new FuzzTarget() {
          @Override
          public byte[] frame(Mutator mutator) {
            return switch (mutator.nextInt(3)) {
              case 0 -> mutator.noise();
              case 1 -> mutator.mutate(valid);
              default -> SnapshotFrames.layout(mutator).toByteArray();
            };
          }

          @Override
          public void decode(byte[] frame) throws IOException {
            LayoutCodec.fromProto(parse(() -> ParameterLayout.parseFrom(frame)));
          }
        });
  }

  @Test
  void snapshot_ofAnyStream_isTakenOrRefused() throws IOException {
    fuzz("snapshot stream", 200_000, new SnapshotStream());
  }

  /** Whole files of the most different kinds; fewer, because each is written first. */
  @Test
  void snapshot_ofAnyFile_isTakenOrRefused() throws IOException {
    Path file = folder.resolve("fuzzed.limber");
    SnapshotStream stream = new SnapshotStream();
    fuzz(
        "snapshot file",
        5_000,
        new FuzzTarget() {
          @Override
          public byte[] frame(Mutator mutator) {
            return stream.frame(mutator);
          }

          @Override
          public void decode(byte[] frame) throws IOException {
            Files.write(file, frame);
            SnapshotCodec.load(file);
          }
        });
  }

  @Test
  void state_ofAnyBytes_isTakenOrRefused() throws IOException {
    fuzz("saved state", 150_000, new StateTarget());
  }

  @Test
  void wire_ofAnyBytes_isTakenOrRefused() throws IOException {
    fuzz("wire", 250_000, new WireTarget());
  }

  /** A header and a chunk of a transfer, each in a frame of its own. */
  @Test
  void assembler_ofAnyMessages_takesOrRefusesThem() throws IOException {
    fuzz("assembler", 100_000, new AssemblerTarget());
  }

  private static final class SnapshotStream implements FuzzTarget {

    private final byte[] valid;

    SnapshotStream() throws IOException {
      valid = Snapshots.bytes(Snapshots.small());
    }

    @Override
    public byte[] frame(Mutator mutator) {
      return switch (mutator.nextInt(4)) {
        case 0 -> mutator.noise();
        case 1 -> mutator.mutate(valid);
        case 2 -> mutator.mutate(SnapshotFrames.file(mutator));
        default -> SnapshotFrames.file(mutator);
      };
    }

    @Override
    public void decode(byte[] frame) throws IOException {
      SnapshotCodec.read(new ByteArrayInputStream(frame), frame.length);
    }
  }

  private static final class AssemblerTarget implements FuzzTarget {

    private static final long LIMIT_BYTES = 1 << 10;

    private ParameterSnapshotHeader next = ParameterSnapshotHeader.getDefaultInstance();
    private byte[] chunk = {};

    @Override
    public byte[] frame(Mutator mutator) {
      next = SnapshotFrames.header(mutator, SnapshotFrames.layout(mutator));
      byte[] made = SnapshotFrames.chunk(mutator, next, 0).toByteArray();
      chunk = mutator.nextInt(4) == 0 ? mutator.mutate(made) : made;
      byte[] header = next.toByteArray();
      return mutator.nextInt(4) == 0 ? mutator.mutate(header) : header;
    }

    @Override
    public void decode(byte[] frame) throws IOException {
      var assembler =
          new SnapshotAssembler(parse(() -> ParameterSnapshotHeader.parseFrom(frame)), LIMIT_BYTES);
      if (assembler.chunks() > 0) {
        assembler.add(parse(() -> ParameterSnapshotChunk.parseFrom(chunk)));
      }
    }
  }

  private interface Parse<T> {
    T get() throws InvalidProtocolBufferException;
  }

  /** As the codecs do where a message comes in. */
  private static <T> T parse(Parse<T> parse) throws MalformedDataException {
    try {
      return parse.get();
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedDataException("altered", e);
    }
  }

  private static void fuzz(String name, int frames, FuzzTarget target) throws IOException {
    Mutator mutator = new Mutator(name.hashCode());
    long worst = 0;
    int taken = 0;
    long start = System.nanoTime();
    for (int i = 0; i < frames; i++) {
      byte[] frame = target.frame(mutator);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      taken += taken(target, frame, i) ? 1 : 0;
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      long bound = FIXED_BYTES + BYTES_PER_BYTE * frame.length;
      if (allocated > bound) {
        requireBounded(target, frame, bound);
      } else {
        worst = Math.max(worst, allocated);
      }
    }
    System.out.printf(
        "fuzz %s: %,d frames in %.1f s, %,d taken, at most %,d bytes allocated for one%n",
        name, frames, (System.nanoTime() - start) / 1e9, taken, worst);
    // all refused or all taken: then the frames are no test of what lies behind the first check
    assertThat(taken).isBetween(frames / 1000, frames - frames / 10);
  }

  /** Once more: what the JVM allocates for itself, once, is not the frame's. */
  private static void requireBounded(FuzzTarget target, byte[] frame, long bound)
      throws IOException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    boolean unused = taken(target, frame, 0);
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
        .as(() -> "bytes allocated for " + HexFormat.of().formatHex(frame))
        .isLessThanOrEqualTo(bound);
  }

  private static boolean taken(FuzzTarget target, byte[] frame, int index) throws IOException {
    try {
      target.decode(frame);
      return true;
    } catch (MalformedDataException refused) {
      return false;
    } catch (RuntimeException | Error e) {
      throw new AssertionError("frame " + index + ": " + HexFormat.of().formatHex(frame), e);
    }
  }
}
