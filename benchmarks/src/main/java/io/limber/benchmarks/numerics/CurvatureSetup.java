package io.limber.benchmarks.numerics;

import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.env.ObservationSpace;
import io.limber.core.random.SeededRandom;
import io.limber.numerics.curvature.GramProgram;
import io.limber.numerics.curvature.HessianProgram;
import io.limber.numerics.curvature.OutputLoss;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Networks;
import io.limber.numerics.network.Observations;
import io.limber.numerics.runtime.ComputeDevice;
import io.limber.numerics.runtime.CpuThreads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What curvature is measured on: random images of 28x28, a fresh network with ten outputs and the
 * curvature loss, the squared distance to the network's own outputs plus noise.
 */
final class CurvatureSetup {

  private static final int OUTPUTS = 10;

  /** One thread per operation on two cores, as the shipped defaults there. */
  private static final CpuThreads THREADS = new CpuThreads(2, 1);

  private static final Observations IMAGES =
      new Observations(
          new ObservationSpace(List.of(28, 28, 1), ObservationSpace.ElementType.UINT8));

  private static final OutputLoss LOSS = OutputLoss.ownOutputs();

  private final ComputeDevice device = ComputeDevice.choose("cpu", THREADS);
  private final SeededRandom random = new SeededRandom(1);
  private final Network network;
  private final int rows;
  private final ParameterSnapshot start;
  private final ByteBuffer images;
  private final float[] noise;

  CurvatureSetup(String kind, int rows) {
    this.network = network(kind);
    this.rows = rows;
    this.start = ParameterSnapshot.owning(0, network.layout(), network.initialise(random));
    this.images = images(rows);
    this.noise = OutputLoss.noise(rows, OUTPUTS, random);
  }

  private static Network network(String kind) {
    return Networks.of(
        Configured.numerics(List.of("network.kind=" + kind)).network(), IMAGES.space(), OUTPUTS);
  }

  private ByteBuffer images(int count) {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(count * IMAGES.space().bytes()).order(ByteOrder.nativeOrder());
    while (bytes.hasRemaining()) {
      bytes.put((byte) random.nextInt(256));
    }
    return bytes.clear().order(ByteOrder.nativeOrder());
  }

  /** Its Hessian at the start parameters, prepared; the caller closes it. */
  HessianProgram hessian() throws IOException {
    Path folder = Files.createTempDirectory("curvature");
    HessianProgram.export(folder, network, IMAGES, LOSS);
    HessianProgram program = HessianProgram.load(folder, device, network, IMAGES, LOSS, rows);
    program.prepare(start, images, rows, noise);
    return program;
  }

  /** The program of gradient inner products, for {@link #gram}; the caller closes it. */
  GramProgram gramProgram() throws IOException {
    Path folder = Files.createTempDirectory("gram");
    GramProgram.export(folder, network, IMAGES, LOSS);
    return GramProgram.load(folder, device, network, IMAGES, LOSS);
  }

  /** Inner products of the gradients of all rows. */
  void gram(GramProgram program) {
    program.gram(start, images, rows, noise);
  }

  /** Threads that compute. */
  int threads() {
    return device.cpuThreads();
  }

  /** A random vector as long as the parameters. */
  double[] direction() {
    return random.doubles(network.layout().size(), 0, 1).map(u -> u - 0.5).toArray();
  }
}
