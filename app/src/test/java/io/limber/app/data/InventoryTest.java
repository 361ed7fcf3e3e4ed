package io.limber.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.app.data.Inventory.Holding;
import io.limber.core.config.Section;
import io.limber.core.data.DataFetcher.Progress;
import io.limber.core.data.DataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryTest {

  @TempDir Path directory;

  private Path folder(DataSet set) {
    return directory.resolve(Section.kebab(set));
  }

  private Holding cifar() {
    List<Holding> holdings = Inventory.of(this::folder);
    return holdings.get(holdings.size() - 1);
  }

  private void importCifar() throws IOException {
    Path files = new NpmPackage().unpacked(directory.resolve("package"));
    DataImport.open(DataSet.CIFAR10, files, folder(DataSet.CIFAR10)).run(Progress.IGNORED);
  }

  @Test
  void of_emptyFolders_listsTheEmbeddedImagesAndWhatIsNotThere() {
    List<Holding> holdings = Inventory.of(this::folder);

    assertThat(holdings)
        .extracting(Holding::set)
        .containsExactly(DataSet.MNIST, DataSet.MNIST, DataSet.FASHION_MNIST, DataSet.CIFAR10);
    assertThat(holdings.get(0))
        .isEqualTo(
            new Holding(DataSet.MNIST, Optional.empty(), List.of(), 0, 10_000, Optional.empty()));
    assertThat(holdings.subList(1, 4))
        .extracting(Holding::problem)
        .containsOnly(Optional.of("not there"));
  }

  @Test
  void of_importedFiles_countsTheirImages() throws IOException {
    importCifar();

    assertThat(cifar().files()).hasSize(6);
    assertThat(List.of(cifar().train(), cifar().test())).containsExactly(10, 2);
    assertThat(cifar().problem()).isEmpty();
  }

  @Test
  void of_damagedFile_tellsItsProblemAndGoesOn() throws IOException {
    importCifar();
    Files.write(folder(DataSet.CIFAR10).resolve("data_batch_5.bin"), new byte[3072]);

    assertThat(cifar().problem().orElseThrow()).contains("data_batch_5.bin: has 3072 bytes");
  }
}
