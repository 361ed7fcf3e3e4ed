package io.limber.protos;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.protos.v1.ParameterSnapshotChunk;
import io.limber.protos.v1.ParameterSnapshotHeader;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Parameter snapshots as files and streams of bytes.
 *
 * <p>Format, all numbers little-endian: the eight bytes {@code LIMBERPS}; format version, uint32;
 * length of the header, uint32; the header, a {@code limber.v1.ParameterSnapshotHeader}; its
 * CRC-32C, uint32; then for each chunk its length, uint32, and a {@code
 * limber.v1.ParameterSnapshotChunk}, which has a CRC-32C of its own. Nothing follows.
 *
 * <p>Reading refuses whatever is not exactly that with a {@link MalformedDataException} that names
 * the cause, and allocates no more than about twice what the input can hold.
 */
public final class SnapshotCodec {

  /** The newest format version, the one that is written. */
  public static final int VERSION = 1;

  private static final byte[] MAGIC = "LIMBERPS".getBytes(StandardCharsets.US_ASCII);

  /** More than ten thousand tensors. */
  private static final int MAX_HEADER_BYTES = 1 << 20;

  /** Room in a chunk's message for all that is not data: five tags, four numbers, a length. */
  private static final int CHUNK_OVERHEAD_BYTES = 64;

  private SnapshotCodec() {}

  /** Writes the file as a whole or not at all, synced to disk; an older one of that name goes. */
  public static void save(ParameterSnapshot snapshot, Path file) throws IOException {
    AtomicFile.write(file, out -> write(snapshot, out));
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws MalformedDataException if the file is empty, truncated, altered, foreign or newer; the
   *     message begins with its name
   */
  public static ParameterSnapshot load(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      long size = Files.size(file);
      if (size == 0) {
        throw new MalformedDataException("it is empty");
      }
      return read(in, size);
    } catch (MalformedDataException e) {
      throw new MalformedDataException(file + ": " + e.getMessage(), e);
    }
  }

  /** Writes to a stream, which stays open. */
  public static void write(ParameterSnapshot snapshot, OutputStream out) throws IOException {
    SnapshotChunks chunks = new SnapshotChunks(snapshot, SnapshotChunks.CHUNK_BYTES);
    byte[] header = chunks.header().toByteArray();
    if (header.length > MAX_HEADER_BYTES) {
      throw new IllegalArgumentException(
          "the layout takes " + header.length + " bytes, more than " + MAX_HEADER_BYTES);
    }
    out.write(MAGIC);
    writeInt(out, VERSION);
    writeInt(out, header.length);
    out.write(header);
    writeInt(out, Checksum.of(ByteBuffer.wrap(header)));
    for (int i = 0; i < chunks.count(); i++) {
      ParameterSnapshotChunk chunk = chunks.chunk(i);
      writeInt(out, chunk.getSerializedSize());
      chunk.writeTo(out);
    }
  }

  /**
   * Reads one snapshot and expects the stream to end with it; the stream stays open.
   *
   * @param limitBytes the most that the parameters may take, for instance the length of the input
   */
  public static ParameterSnapshot read(InputStream in, long limitBytes) throws IOException {
    Reader reader = new Reader(in);
    reader.expectMagicAndVersion();
    SnapshotAssembler assembler = new SnapshotAssembler(reader.header(), limitBytes);
    for (int i = 0; i < assembler.chunks(); i++) {
      assembler.add(
          reader.message(
              ParameterSnapshotChunk.parser(),
              "chunk " + i,
              assembler.chunkBytes() + CHUNK_OVERHEAD_BYTES));
    }
    if (in.read() != -1) {
      throw new MalformedDataException("something follows its last chunk");
    }
    return assembler.finish();
  }

  private static void writeInt(OutputStream out, int value) throws IOException {
    out.write(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  /** Reads piece by piece and names the piece at which it fails. */
  private record Reader(InputStream in) {

    void expectMagicAndVersion() throws IOException {
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        throw new MalformedDataException("it is no snapshot of Limber: it begins otherwise");
      }
      int version = number("version");
      if (Integer.reverseBytes(version) == VERSION) {
        throw new MalformedDataException(
            "it is in the other byte order (big-endian), snapshots are little-endian");
      }
      if (version < 1 || version > VERSION) {
        throw new MalformedDataException(
            "it has format version "
                + Integer.toUnsignedString(version)
                + ", this Limber reads 1 to "
                + VERSION
                + ": a newer Limber wrote it, or it was altered");
      }
    }

    ParameterSnapshotHeader header() throws IOException {
      byte[] bytes = sized("header", MAX_HEADER_BYTES);
      Checksum.require(
          number("header checksum"), Checksum.of(ByteBuffer.wrap(bytes)), "its header");
      return parse(ParameterSnapshotHeader.parser(), bytes, "header");
    }

    <T> T message(Parser<T> parser, String what, int limit) throws IOException {
      return parse(parser, sized(what, limit), what);
    }

    private byte[] sized(String what, int limit) throws IOException {
      int length = number("length of " + what);
      if (length < 0 || length > limit) {
        throw new MalformedDataException(
            "its "
                + what
                + " has the length "
                + Integer.toUnsignedString(length)
                + ", more than "
                + limit);
      }
      return bytes(length, what);
    }

    private int number(String what) throws IOException {
      return ByteBuffer.wrap(bytes(Integer.BYTES, what)).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    private byte[] bytes(int count, String what) throws IOException {
      byte[] bytes = in.readNBytes(count);
      if (bytes.length < count) {
        throw new MalformedDataException(
            "it is truncated: it ends within its " + what, new EOFException());
      }
      return bytes;
    }

    private static <T> T parse(Parser<T> parser, byte[] bytes, String what)
        throws MalformedDataException {
      try {
        return parser.parseFrom(bytes);
      } catch (InvalidProtocolBufferException e) {
        throw new MalformedDataException("its " + what + " was altered: " + e.getMessage(), e);
      }
    }
  }
}
