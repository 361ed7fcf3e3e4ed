package io.limber.numerics.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComputeDeviceTest {

  private static final CpuThreads THREADS = new CpuThreads(2, 1);

  @Test
  void choose_cpu_hasNothingToRemark() {
    ComputeDevice device = ComputeDevice.choose("cpu", THREADS);
    assertThat(device).isEqualTo(new ComputeDevice(-1, THREADS, false, ""));
    assertThat(device).hasToString("cpu (2 x 1 thread)");
  }

  @Test
  void choose_gpuThatIsNotThere_takesTheCpuAndSaysWhy() {
    assumeFalse(GpuProbe.driverPresent(), "this machine has an NVIDIA driver");
    ComputeDevice device = ComputeDevice.choose("gpu:0", THREADS);
    assertThat(device.gpu()).isEqualTo(-1);
    assertThat(device.remark())
        .isEqualTo("no NVIDIA driver was found on this machine; the CPU serves");
  }

  @Test
  void choose_autoWithoutDriver_saysNothing() {
    assumeFalse(GpuProbe.driverPresent(), "this machine has an NVIDIA driver");
    assertThat(ComputeDevice.choose("auto", THREADS).remark()).isEmpty();
  }

  @Test
  void sessionConfig_cpu_hidesEveryGpu() {
    assertThat(ComputeDevice.choose("cpu", THREADS).sessionConfig().getDeviceCountMap())
        .containsEntry("GPU", 0);
  }

  @Test
  void sessionConfig_ofProbes_namesAPoolOfTheirOwn() {
    ComputeDevice device = ComputeDevice.choose("cpu", new CpuThreads(2, 1, 3));

    assertThat(device.sessionConfig().getSessionInterOpThreadPoolList()).isEmpty();
    assertThat(device.forProbes().sessionConfig().getSessionInterOpThreadPoolList())
        .singleElement()
        .satisfies(pool -> assertThat(pool.getNumThreads()).isEqualTo(3))
        .satisfies(pool -> assertThat(pool.getGlobalName()).isEqualTo("limber-probes-3"));
  }

  @Test
  void lanes_cpu_areNoMoreThanOperationsOrChains() {
    ComputeDevice device = ComputeDevice.choose("cpu", new CpuThreads(2, 1, 3));
    assertThat(device.lanes(10)).isEqualTo(2);
    assertThat(device.forProbes().lanes(10)).isEqualTo(3);
    assertThat(device.forProbes().lanes(2)).isEqualTo(2);
    assertThat(device.forProbes().slices()).isEqualTo(3);
  }

  @Test
  void lanes_gpu_areAllChains() {
    assertThat(new ComputeDevice(0, THREADS, true, "").lanes(10)).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu", "gpu:", "gpu:x", "tpu", "", "GPU:0"})
  void isName_anythingElse_isRefused(String name) {
    assertThat(ComputeDevice.isName(name)).isFalse();
  }
}
