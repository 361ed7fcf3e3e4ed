package io.limber.numerics.agent;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Probes of a network whose examples are coupled. */
class BatchNormTest {

  private static final String RESIDUAL = "network { kind = resnet18, resnet18.width = 1 }";

  @TempDir Path folder;

  @Test
  void createProbe_gradientCovariance_isRefusedWithTheReason() {
    try (TensorFlowAgentFactory factory = SmallTask.factory(RESIDUAL, folder)) {
      assertThatThrownBy(() -> factory.createProbe("gradient-covariance"))
          .hasMessageStartingWith("there are no gradients of single examples where a layer takes");
    }
  }

  @Test
  void createProbe_hessianInChunks_isRefusedWithTheReason() {
    try (TensorFlowAgentFactory factory =
        SmallTask.factory(RESIDUAL + ", hessian.chunk = 16", folder)) {
      assertThatThrownBy(() -> factory.createProbe("hessian"))
          .hasMessage(
              "limber.hessian.chunk = 16 must be at least hessian.transitions = 32 for a network"
                  + " with batch norm, whose loss is that of the whole batch");
    }
  }
}
