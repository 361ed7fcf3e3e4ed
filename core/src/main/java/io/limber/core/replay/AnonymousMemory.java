package io.limber.core.replay;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import io.limber.core.config.InvalidSettingException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Direct memory, all of it touched at creation, so that too much is noticed at the start. */
final class AnonymousMemory implements StoreMemory {

  /**
   * What can be had.
   *
   * @param physicalBytes memory of the machine or container
   * @param directBytes the JVM's own limit of direct memory
   */
  record Limits(long physicalBytes, long directBytes) {

    /** Those of this process. */
    static Limits ofThisProcess() {
      long physical =
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
      String flag =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
              .getVMOption("MaxDirectMemorySize")
              .getValue();
      long direct = Long.parseLong(flag);
      // 0 is the JVM's default, which stands for the heap's limit
      return new Limits(physical, direct == 0 ? Runtime.getRuntime().maxMemory() : direct);
    }
  }

  /**
   * Refuses a store that cannot be had.
   *
   * @throws InvalidSettingException naming both numbers and the way out
   */
  static AnonymousMemory forStore(long bytes, int capacity, Limits limits) {
    if (bytes > limits.physicalBytes()) {
      throw refusal(
          capacity,
          "fit in memory: the store takes "
              + mebibytes(bytes)
              + " and this machine has "
              + mebibytes(limits.physicalBytes())
              + "; lower it or set limber.replay.file");
    }
    if (bytes > limits.directBytes()) {
      throw refusal(
          capacity,
          "fit in the JVM's direct memory: the store takes "
              + mebibytes(bytes)
              + " and the limit is "
              + mebibytes(limits.directBytes())
              + "; lower it, raise -XX:MaxDirectMemorySize or set limber.replay.file");
    }
    return new AnonymousMemory();
  }

  @Override
  public ByteBuffer segment(long position, int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() {
    // the segments are all there is
  }

  private static InvalidSettingException refusal(int capacity, String rule) {
    return new InvalidSettingException("limber.replay.capacity", capacity, rule);
  }

  private static String mebibytes(long bytes) {
    return (bytes >> 20) + " MiB";
  }
}
