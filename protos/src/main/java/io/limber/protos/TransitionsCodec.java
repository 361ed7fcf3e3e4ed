package io.limber.protos;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.protos.v1.TransitionBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Blocks of transitions as {@code limber.v1.TransitionBlock}, for the wire and for files. */
public final class TransitionsCodec {

  private TransitionsCodec() {}

  /** The rows it holds now; they stay the caller's. */
  public static byte[] encode(Transitions transitions) {
    return encode(transitions, 0, transitions.size());
  }

  /**
   * Some of its rows; they stay the caller's.
   *
   * @param from the first row
   * @param to the row after the last one
   */
  public static byte[] encode(Transitions transitions, int from, int to) {
    Objects.checkFromToIndex(from, to, transitions.size());
    int size = to - from;
    int observationBytes = transitions.spec().observationBytes();
    ByteBuffer sTm1 = rows(transitions.sTm1(), from, size, observationBytes);
    ByteBuffer aTm1 = rows(transitions.aTm1(), from, size, Integer.BYTES);
    ByteBuffer rT = rows(transitions.rT(), from, size, Float.BYTES);
    ByteBuffer discountT = rows(transitions.discountT(), from, size, Float.BYTES);
    ByteBuffer sT = rows(transitions.sT(), from, size, observationBytes);
    return TransitionBlock.newBuilder()
        .setSize(size)
        .setObservationBytes(observationBytes)
        // wrapped, not copied: the message does not outlive this method
        .setSTm1(UnsafeByteOperations.unsafeWrap(sTm1))
        .setATm1(UnsafeByteOperations.unsafeWrap(aTm1))
        .setRT(UnsafeByteOperations.unsafeWrap(rT))
        .setDiscountT(UnsafeByteOperations.unsafeWrap(discountT))
        .setST(UnsafeByteOperations.unsafeWrap(sT))
        .setCrc32C(Checksum.of(sTm1, aTm1, rT, discountT, sT))
        .build()
        .toByteArray();
  }

  private static ByteBuffer rows(ByteBuffer column, int from, int size, int rowBytes) {
    return column.slice(from * rowBytes, size * rowBytes);
  }

  /**
   * Replaces the rows of {@code into}.
   *
   * @param bytes what {@link #encode} made; whoever received them bounds their number
   * @param into of the same observation size; what does not fit is refused. Unchanged after a
   *     refusal
   * @throws MalformedDataException if the bytes are truncated, altered or foreign, or the block is
   *     of another observation size or larger than {@code into}
   */
  public static void decode(byte[] bytes, Transitions into) throws MalformedDataException {
    decode(ByteBuffer.wrap(bytes), into);
  }

  /** As {@link #decode(byte[], Transitions)}; the position of {@code bytes} stays. */
  public static void decode(ByteBuffer bytes, Transitions into) throws MalformedDataException {
    decode(bytes, into, 0);
  }

  /**
   * Replaces the rows of {@code into} from one on: what a block holds of a larger whole.
   *
   * @param from where the block's first row goes; the rows before it stay
   */
  public static void decode(ByteBuffer bytes, Transitions into, int from)
      throws MalformedDataException {
    TransitionBlock block = parse(bytes);
    check(block, into, from);
    int observationBytes = into.spec().observationBytes();
    copy(block.getSTm1(), into.sTm1(), from * observationBytes);
    copy(block.getATm1(), into.aTm1(), from * Integer.BYTES);
    copy(block.getRT(), into.rT(), from * Float.BYTES);
    copy(block.getDiscountT(), into.discountT(), from * Float.BYTES);
    copy(block.getST(), into.sT(), from * observationBytes);
    into.setSize(from + block.getSize());
  }

  /** Writes the file as a whole or not at all, synced to disk; an older one of that name goes. */
  public static void save(Transitions transitions, Path file) throws IOException {
    AtomicFile.write(file, out -> out.write(encode(transitions)));
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @param spec sizes of a transition that are expected
   * @return as many rows as the file holds, at least one
   * @throws MalformedDataException if the file is empty, truncated, altered, foreign or of another
   *     observation size; the message begins with its name
   */
  public static Transitions load(Path file, TransitionSpec spec) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      if (bytes.length == 0) {
        throw new MalformedDataException("it is empty");
      }
      long size = parse(ByteBuffer.wrap(bytes)).getSize();
      // an altered number of rows must not make us allocate them
      if (size < 1 || size * 2 * spec.observationBytes() > bytes.length) {
        throw new MalformedDataException(
            "it claims %d transitions of %d bytes an observation, and has %d bytes"
                .formatted(size, spec.observationBytes(), bytes.length));
      }
      Transitions transitions = new Transitions(spec, (int) size);
      decode(bytes, transitions);
      return transitions;
    } catch (MalformedDataException e) {
      throw new MalformedDataException(file + ": " + e.getMessage(), e);
    }
  }

  private static TransitionBlock parse(ByteBuffer bytes) throws MalformedDataException {
    try {
      CodedInputStream in = CodedInputStream.newInstance(bytes.duplicate());
      in.enableAliasing(true); // the columns are copied once, to where they belong
      TransitionBlock block = TransitionBlock.parseFrom(in);
      in.checkLastTagWas(0);
      return block;
    } catch (IOException e) {
      throw new MalformedDataException("no block of transitions: " + e.getMessage(), e);
    }
  }

  private static void check(TransitionBlock block, Transitions into, int from)
      throws MalformedDataException {
    int size = block.getSize();
    int observationBytes = into.spec().observationBytes();
    if (block.getObservationBytes() != observationBytes) {
      throw new MalformedDataException(
          "block has observations of %d bytes, %d are expected"
              .formatted(block.getObservationBytes(), observationBytes));
    }
    int room = into.capacity() - from;
    if (size < 0 || size > room) {
      throw new MalformedDataException(
          "block has %d transitions, 0 to %d fit".formatted(size, room));
    }
    requireLength("s_tm1", block.getSTm1(), size * observationBytes);
    requireLength("a_tm1", block.getATm1(), size * Integer.BYTES);
    requireLength("r_t", block.getRT(), size * Float.BYTES);
    requireLength("discount_t", block.getDiscountT(), size * Float.BYTES);
    requireLength("s_t", block.getST(), size * observationBytes);
    Checksum.require(block.getCrc32C(), checksum(block), "block of transitions");
  }

  private static void requireLength(String column, ByteString bytes, int expected)
      throws MalformedDataException {
    if (bytes.size() != expected) {
      throw new MalformedDataException(
          "column %s has %d bytes, not %d".formatted(column, bytes.size(), expected));
    }
  }

  private static int checksum(TransitionBlock block) {
    return Checksum.of(
        block.getSTm1().asReadOnlyByteBuffer(),
        block.getATm1().asReadOnlyByteBuffer(),
        block.getRT().asReadOnlyByteBuffer(),
        block.getDiscountT().asReadOnlyByteBuffer(),
        block.getST().asReadOnlyByteBuffer());
  }

  private static void copy(ByteString column, ByteBuffer into, int at) {
    into.position(at).put(column.asReadOnlyByteBuffer());
  }
}
