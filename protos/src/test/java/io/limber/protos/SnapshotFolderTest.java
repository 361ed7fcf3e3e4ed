package io.limber.protos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.agent.AgentSnapshot;
import io.limber.core.agent.ParameterLayout;
import io.limber.core.agent.ParameterSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFolderTest {

  @TempDir private Path snapshots;

  @Test
  void load_ofAWholeAgent_givesAllThreeParts() throws IOException {
    SnapshotFolder folder = SnapshotFolder.of(snapshots, 1000);
    folder.save(agent(Snapshots.counting(5)));

    AgentSnapshot loaded = folder.load();

    assertThat(loaded.step()).isEqualTo(1000);
    assertThat(loaded.online().values()).isEqualTo(Snapshots.small().values());
    assertThat(loaded.target().orElseThrow().values()).isEqualTo(Snapshots.small().values());
    assertThat(loaded.optimizer().orElseThrow().layout()).isEqualTo(Snapshots.counting(5).layout());
    assertThat(loaded.optimizer().orElseThrow().values()).isEqualTo(Snapshots.counting(5).values());
  }

  @Test
  void load_ofAnOptimiserWithoutSlots_knowsThatThereAreNone() throws IOException {
    ParameterSnapshot none =
        ParameterSnapshot.owning(1000, new ParameterLayout("sgd", List.of()), new float[0]);
    SnapshotFolder folder = SnapshotFolder.of(snapshots, 1000);

    folder.save(agent(none));

    assertThat(folder.load().optimizer().orElseThrow().layout()).isEqualTo(none.layout());
  }

  @Test
  void load_ofParametersAlone_hasNothingElse() throws IOException {
    SnapshotFolder folder = SnapshotFolder.of(snapshots, 1000);
    folder.save(AgentSnapshot.of(Snapshots.small()));

    AgentSnapshot loaded = folder.load();

    assertThat(loaded.target()).isEmpty();
    assertThat(loaded.optimizer()).isEmpty();
  }

  @Test
  void load_ofATargetOfAnotherArchitecture_isRefusedByName() throws IOException {
    SnapshotFolder folder = SnapshotFolder.of(snapshots, 1000);
    folder.save(AgentSnapshot.of(Snapshots.small()));
    SnapshotCodec.save(Snapshots.counting(3), folder.target());

    assertThatThrownBy(folder::load)
        .isInstanceOf(MalformedDataException.class)
        .hasMessageStartingWith(folder.target() + ": ");
  }

  @Test
  void deleteAgent_ofAWholeAgent_leavesNothing() throws IOException {
    SnapshotFolder folder = SnapshotFolder.of(snapshots, 1000);
    folder.save(agent(Snapshots.counting(5)));

    folder.deleteAgent();

    assertThat(Files.list(folder.path())).isEmpty();
  }

  private static AgentSnapshot agent(ParameterSnapshot optimizer) {
    return new AgentSnapshot(
        Snapshots.small(), Optional.of(Snapshots.small()), Optional.of(optimizer));
  }
}
