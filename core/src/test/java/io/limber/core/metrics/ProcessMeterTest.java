package io.limber.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessMeterTest {

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final InstantSource clock = now::get;

  @TempDir private Path folder;

  @Test
  void residentMemory_ofAStatusFile_isItsVmRssInBytes() throws IOException {
    Path status = folder.resolve("status");
    Files.writeString(status, "Name:\tjava\nVmHWM:\t  9999 kB\nVmRSS:\t  1234 kB\nThreads:\t7\n");

    assertThat(new ProcessMeter(clock, folder, status).measure())
        .containsEntry(Metric.PROCESS_RESIDENT_MEMORY, 1234.0 * 1024);
  }

  @Test
  void residentMemory_withoutAStatusFile_isNotReported() {
    assertThat(new ProcessMeter(clock, folder, folder.resolve("absent")).measure())
        .doesNotContainKey(Metric.PROCESS_RESIDENT_MEMORY)
        .containsKey(Metric.PROCESS_HEAP_USED);
  }

  @Test
  void diskFree_ofAFolderThatIsStillToBeMade_isThatOfItsFileSystem() throws IOException {
    Path later = folder.resolve("run/snapshots");
    long before = Files.getFileStore(folder).getUsableSpace();

    double measured =
        new ProcessMeter(clock, later, folder.resolve("absent"))
            .measure()
            .get(Metric.PROCESS_DISK_FREE);

    // others use the disk meanwhile
    assertThat(measured).isBetween(0.5 * before, 1.5 * before + 1);
  }

  @Test
  void cpu_overAnInterval_isCpuTimePerWallClockTime() {
    ProcessMeter meter = new ProcessMeter(clock, folder, folder.resolve("absent"));
    now.set(Instant.EPOCH.plusSeconds(1_000_000));

    // the process cannot have spent more than this much CPU time in its life
    assertThat(meter.measure().get(Metric.PROCESS_CPU)).isBetween(0.0, 1e-2);
  }

  @Test
  void cpu_overAnEmptyInterval_isNotReported() {
    assertThat(new ProcessMeter(clock, folder, folder.resolve("absent")).measure())
        .doesNotContainKey(Metric.PROCESS_CPU);
  }

  @Test
  void directMemory_afterAnAllocation_growsByIt() {
    ProcessMeter meter = new ProcessMeter(clock, folder, folder.resolve("absent"));
    int bytes = 64 << 20;
    double before = meter.measure().get(Metric.PROCESS_DIRECT_MEMORY);

    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);

    // one part in sixteen for whatever the build's own buffers do meanwhile
    assertThat(meter.measure().get(Metric.PROCESS_DIRECT_MEMORY) - before)
        .isCloseTo(buffer.capacity(), within(bytes / 16.0));
  }
}
