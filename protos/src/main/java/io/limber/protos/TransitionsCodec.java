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
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/** Blocks of transitions as {@code limber.v1.TransitionBlock}, for the wire and for files. */
public final class TransitionsCodec {

  private static final byte[] NONE_CONTINUES = {};

  private TransitionsCodec() {}

  /** The rows it holds now; they stay the caller's. */
  public static byte[] encode(Transitions transitions) {
    return block(transitions, 0, transitions.size()).toByteArray();
  }

  /**
   * Some of its rows; they stay the caller's.
   *
   * @param from the first row
   * @param to the row after the last one
   */
  public static EncodedTransitions encode(Transitions transitions, int from, int to) {
    Objects.checkFromToIndex(from, to, transitions.size());
    return new EncodedTransitions(block(transitions, from, to).toByteString());
  }

  private static TransitionBlock block(Transitions transitions, int from, int to) {
    ByteBuffer sTm1 =
        rows(transitions.sTm1(), from, to - from, transitions.spec().observationBytes());
    return encode(transitions, from, to, sTm1, NONE_CONTINUES).build();
  }

  /**
   * Some rows of a chunk, without the observations that the chunk before ended with.
   *
   * @param from the first row
   * @param to the row after the last one
   * @param latest of all blocks before this one, and of this one afterwards
   */
  public static EncodedTransitions encode(
      Transitions chunk, int from, int to, LatestObservations latest) {
    Objects.checkFromToIndex(from, to, chunk.size());
    int size = to - from;
    int observationBytes = chunk.spec().observationBytes();
    ByteBuffer all = rows(chunk.sTm1(), from, size, observationBytes);
    BitSet continues = new BitSet(size);
    for (int i = 0; i < Math.min(size, latest.known() - from); i++) {
      continues.set(i, row(all, i, observationBytes).equals(latest.row(from + i)));
    }
    ByteBuffer kept = ByteBuffer.allocate((size - continues.cardinality()) * observationBytes);
    for (int i = continues.nextClearBit(0); i < size; i = continues.nextClearBit(i + 1)) {
      kept.put(row(all, i, observationBytes));
    }
    latest.remember(from, size, rows(chunk.sT(), from, size, observationBytes));
    byte[] bits = Arrays.copyOf(continues.toByteArray(), bitBytes(size));
    TransitionBlock block = encode(chunk, from, to, kept.flip(), bits).setFirstRow(from).build();
    return new EncodedTransitions(block.toByteString());
  }

  private static TransitionBlock.Builder encode(
      Transitions transitions, int from, int to, ByteBuffer sTm1, byte[] continues) {
    int size = to - from;
    int observationBytes = transitions.spec().observationBytes();
    ByteBuffer aTm1 = rows(transitions.aTm1(), from, size, Integer.BYTES);
    ByteBuffer rT = rows(transitions.rT(), from, size, Float.BYTES);
    ByteBuffer discountT = rows(transitions.discountT(), from, size, Float.BYTES);
    ByteBuffer sT = rows(transitions.sT(), from, size, observationBytes);
    return TransitionBlock.newBuilder()
        .setSize(size)
        .setObservationBytes(observationBytes)
        // wrapped, not copied: the message does not outlive this class
        .setSTm1(UnsafeByteOperations.unsafeWrap(sTm1))
        .setATm1(UnsafeByteOperations.unsafeWrap(aTm1))
        .setRT(UnsafeByteOperations.unsafeWrap(rT))
        .setDiscountT(UnsafeByteOperations.unsafeWrap(discountT))
        .setST(UnsafeByteOperations.unsafeWrap(sT))
        .setContinues(UnsafeByteOperations.unsafeWrap(continues))
        .setCrc32C(Checksum.of(sTm1, aTm1, rT, discountT, sT, ByteBuffer.wrap(continues)));
  }

  private static ByteBuffer row(ByteBuffer rows, int row, int rowBytes) {
    return rows.slice(row * rowBytes, rowBytes);
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
    decode(wrap(bytes), into);
  }

  /** As {@link #decode(byte[], Transitions)}. */
  public static void decode(EncodedTransitions bytes, Transitions into)
      throws MalformedDataException {
    decode(bytes, into, 0);
  }

  /**
   * Replaces the rows of {@code into} from one on: what a block holds of a larger whole.
   *
   * @param from where the block's first row goes; the rows before it stay
   */
  public static void decode(EncodedTransitions bytes, Transitions into, int from)
      throws MalformedDataException {
    TransitionBlock block = parse(bytes);
    if (!block.getContinues().isEmpty()) {
      throw new MalformedDataException("block continues another one, which is not at hand");
    }
    check(block, into, from);
    requireLength("s_tm1", block.getSTm1(), block.getSize() * block.getObservationBytes());
    copy(block.getSTm1(), into.sTm1(), from * block.getObservationBytes());
    copyColumns(block, into, from);
  }

  /**
   * Replaces the rows of {@code into} by a block that was encoded with the sender's {@link
   * LatestObservations}.
   *
   * @param latest of all blocks before this one, and of this one afterwards; unchanged after a
   *     refusal
   * @throws MalformedDataException as {@link #decode(byte[], Transitions)}, or if the block
   *     continues rows of which nothing is known
   */
  public static void decode(EncodedTransitions bytes, Transitions into, LatestObservations latest)
      throws MalformedDataException {
    TransitionBlock block = parse(bytes);
    check(block, into, 0);
    int first = block.getFirstRow();
    int size = block.getSize();
    if (!latest.accepts(first, size)) {
      throw new MalformedDataException(
          "block of %d transitions begins at row %d of its chunk".formatted(size, first));
    }
    BitSet continues = continues(block, latest.known() - first);
    int observationBytes = block.getObservationBytes();
    requireLength("s_tm1", block.getSTm1(), (size - continues.cardinality()) * observationBytes);
    ByteBuffer sent = block.getSTm1().asReadOnlyByteBuffer();
    ByteBuffer sTm1 = into.sTm1();
    for (int i = 0; i < size; ) { // neighbours that continue, or that do not, at once
      boolean known = continues.get(i);
      int end = known ? continues.nextClearBit(i) : continues.nextSetBit(i);
      end = end < 0 ? size : end;
      int length = (end - i) * observationBytes;
      sTm1.put(known ? latest.rows(first + i, end - i) : sent.slice(sent.position(), length));
      if (!known) {
        sent.position(sent.position() + length);
      }
      i = end;
    }
    copyColumns(block, into, 0);
    latest.remember(first, size, into.sT());
  }

  /**
   * @param known rows of the block that can be continued
   */
  private static BitSet continues(TransitionBlock block, int known) throws MalformedDataException {
    requireLength("continues", block.getContinues(), bitBytes(block.getSize()));
    BitSet continues = BitSet.valueOf(block.getContinues().asReadOnlyByteBuffer());
    if (continues.length() > Math.min(block.getSize(), known)) {
      throw new MalformedDataException(
          "row %d of a block continues one that is not known".formatted(continues.length() - 1));
    }
    return continues;
  }

  private static int bitBytes(int rows) {
    return (rows + 7) / 8;
  }

  private static void copyColumns(TransitionBlock block, Transitions into, int from) {
    copy(block.getATm1(), into.aTm1(), from * Integer.BYTES);
    copy(block.getRT(), into.rT(), from * Float.BYTES);
    copy(block.getDiscountT(), into.discountT(), from * Float.BYTES);
    copy(block.getST(), into.sT(), from * block.getObservationBytes());
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
    try {
      return read(Files.readAllBytes(file), spec);
    } catch (MalformedDataException e) {
      throw new MalformedDataException(file + ": " + e.getMessage(), e);
    }
  }

  /** As {@link #load}, of bytes that {@link #encode} made. */
  static Transitions read(byte[] bytes, TransitionSpec spec) throws MalformedDataException {
    if (bytes.length == 0) {
      throw new MalformedDataException("it is empty");
    }
    long size = parse(wrap(bytes)).getSize();
    // an altered number of rows must not make us allocate them
    if (size < 1 || size * 2 * spec.observationBytes() > bytes.length) {
      throw new MalformedDataException(
          "it claims %d transitions of %d bytes an observation, and has %d bytes"
              .formatted(size, spec.observationBytes(), bytes.length));
    }
    Transitions transitions = new Transitions(spec, (int) size);
    decode(bytes, transitions);
    return transitions;
  }

  private static EncodedTransitions wrap(byte[] bytes) {
    return new EncodedTransitions(UnsafeByteOperations.unsafeWrap(bytes));
  }

  private static TransitionBlock parse(EncodedTransitions encoded) throws MalformedDataException {
    try {
      CodedInputStream in = encoded.bytes().newCodedInput();
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
        block.getSTm1(),
        block.getATm1(),
        block.getRT(),
        block.getDiscountT(),
        block.getST(),
        block.getContinues());
  }

  private static void copy(ByteString column, ByteBuffer into, int at) {
    into.position(at).put(column.asReadOnlyByteBuffer());
  }
}
