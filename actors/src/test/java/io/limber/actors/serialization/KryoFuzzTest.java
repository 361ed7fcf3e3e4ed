package io.limber.actors.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.core.random.SeededRandom;
import io.limber.protos.MalformedDataException;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever comes in as Kryo is taken or refused, and never makes the reader allocate much. */
class KryoFuzzTest {

  private static final int FRAMES = 100_000;

  /** An exception with its trace and message; a message's map and strings. */
  private static final long FIXED_BYTES = 64 << 10;

  private static final long BYTES_PER_BYTE = 64;

  /** 2^31 - 1 and 2^32 - 1 as varints: lengths that nothing can have. */
  private static final byte[][] HUGE = {{-1, -1, -1, -1, 7}, {-1, -1, -1, -1, 15}};

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final KryoSerializer serializer = new KryoSerializer();
  private final SeededRandom random = new SeededRandom(26);

  @Test
  void kryo_ofAnyBytes_isTakenOrRefused() {
    byte[] valid =
        serializer.toBinary(
            new PeerMessage.Reported(
                Report.of(
                    "learner-0",
                    300,
                    Map.of(Metric.LEARNER_LOSS, 0.25, Metric.LEARNER_UPDATES, 300.0))));
    int taken = 0;
    for (int i = 0; i < FRAMES; i++) {
      byte[] frame = random.nextInt(3) == 0 ? noise() : mutate(valid);
      taken += taken(frame) ? 1 : 0;
      long bound = FIXED_BYTES + BYTES_PER_BYTE * frame.length;
      // twice: what the JVM allocates for itself, once, is not the frame's
      if (allocated(frame) > bound) {
        assertThat(allocated(frame))
            .as(() -> "bytes allocated for " + HexFormat.of().formatHex(frame))
            .isLessThanOrEqualTo(bound);
      }
    }
    assertThat(taken).isBetween(FRAMES / 1000, FRAMES - FRAMES / 10); // both ways were tried
  }

  private long allocated(byte[] frame) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    boolean unused = taken(frame);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private boolean taken(byte[] frame) {
    try {
      serializer.read(frame);
      return true;
    } catch (MalformedDataException refused) {
      return false;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(HexFormat.of().formatHex(frame), e);
    }
  }

  private byte[] noise() {
    byte[] bytes = new byte[random.nextInt(100)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Cuts, flips a bit, puts in a huge length, or another class's number in front. */
  private byte[] mutate(byte[] valid) {
    byte[] bytes = valid.clone();
    int place = random.nextInt(bytes.length);
    switch (random.nextInt(4)) {
      case 0 -> bytes = Arrays.copyOf(bytes, place);
      case 1 -> bytes[place] ^= (byte) (1 << random.nextInt(8));
      case 2 -> bytes = withHugeLength(bytes, place);
      default -> bytes[0] = (byte) random.nextInt(64);
    }
    return bytes;
  }

  private byte[] withHugeLength(byte[] bytes, int place) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, place);
    out.writeBytes(HUGE[random.nextInt(HUGE.length)]);
    out.write(bytes, place + 1, bytes.length - place - 1);
    return out.toByteArray();
  }
}
