package io.limber.protos;

import io.limber.core.random.SeededRandom;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Makes bytes that nobody would send on purpose, some of them nearly right. Seeded. */
final class Mutator {

  /** Varints that parsers stumble over: 0, 2^31 - 1, 2^32 - 1, -1, and one that never ends. */
  private static final byte[][] VARINTS = {
    {0},
    {-1, -1, -1, -1, 7},
    {-1, -1, -1, -1, 15},
    {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1},
    {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1},
  };

  /** Numbers that are too small, too large, or just about right. */
  private static final int[] SIZES = {
    0,
    1,
    2,
    3,
    4,
    5,
    8,
    64,
    1 << 10,
    1 << 16,
    1 << 20,
    1 << 24,
    1 << 30,
    Integer.MAX_VALUE,
    -1,
    -4,
    Integer.MIN_VALUE
  };

  private static final byte START_GROUP = 0x0b;
  private static final int MAX_NESTING = 300; // Protobuf's own limit is 100
  private static final int MAX_RANDOM_BYTES = 300;

  private final SeededRandom random;

  Mutator(long seed) {
    random = new SeededRandom(seed);
  }

  int nextInt(int bound) {
    return random.nextInt(bound);
  }

  /** A size, right about once in three times. */
  int sizeNear(int right) {
    return random.nextInt(3) == 0 ? right : SIZES[random.nextInt(SIZES.length)];
  }

  /** Noise of any length up to a few hundred bytes. */
  byte[] noise() {
    return noise(random.nextInt(MAX_RANDOM_BYTES));
  }

  byte[] noise(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** One to three changes. */
  byte[] mutate(byte[] valid) {
    byte[] bytes = valid.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      bytes = change(bytes);
    }
    return bytes;
  }

  private byte[] change(byte[] bytes) {
    int from = random.nextInt(bytes.length + 1);
    int to = from + random.nextInt(bytes.length - from + 1);
    return switch (random.nextInt(7)) {
      case 0 -> flip(bytes);
      case 1 -> Arrays.copyOf(bytes, from);
      case 2 -> replace(bytes, from, to, new byte[0]);
      case 3 -> replace(bytes, from, from, Arrays.copyOfRange(bytes, from, to)); // twice the same
      case 4 -> replace(bytes, from, Math.min(from + 1, bytes.length), varint());
      case 5 -> replace(bytes, from, to, noise(to - from));
      default -> replace(bytes, from, from, nested());
    };
  }

  private byte[] flip(byte[] bytes) {
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private byte[] varint() {
    return VARINTS[random.nextInt(VARINTS.length)];
  }

  private byte[] nested() {
    byte[] groups = new byte[random.nextInt(MAX_NESTING)];
    Arrays.fill(groups, START_GROUP);
    return groups;
  }

  private static byte[] replace(byte[] bytes, int from, int to, byte[] by) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.writeBytes(by);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }
}
