package io.limber.app.data;

import io.limber.core.data.DataFileException;
import io.limber.core.data.DataSet;
import io.limber.core.hash.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Knows the official files by the SHA-256 of their content, IDX files unpacked: whoever packs them
 * anew changes the packed bytes. Found equal: MNIST's with the files of {@code limber.fetch},
 * Fashion-MNIST's with the authors' MD5 sums, CIFAR-10's with public copies of the archive.
 */
final class OfficialContent {

  private static final Map<String, String> IDX_MNIST =
      Map.of(
          "train-images-idx3-ubyte",
          "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
          "train-labels-idx1-ubyte",
          "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
          "t10k-images-idx3-ubyte",
          "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
          "t10k-labels-idx1-ubyte",
          "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

  private static final Map<String, String> IDX_FASHION =
      Map.of(
          "train-images-idx3-ubyte",
          "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
          "train-labels-idx1-ubyte",
          "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
          "t10k-images-idx3-ubyte",
          "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
          "t10k-labels-idx1-ubyte",
          "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34");

  private static final Map<String, String> CIFAR =
      Map.of(
          "data_batch_1.bin",
          "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
          "data_batch_2.bin",
          "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
          "data_batch_3.bin",
          "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
          "data_batch_4.bin",
          "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
          "data_batch_5.bin",
          "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
          "test_batch.bin",
          "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b",
          "cifar-10-binary.tar.gz",
          "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd");

  private OfficialContent() {}

  /**
   * Whether all these files of a data set hold what its authors published, bit for bit.
   *
   * @throws DataFileException if one cannot be read
   */
  static boolean isIn(DataSet set, List<Path> files) {
    Map<String, String> known =
        switch (set) {
          case MNIST -> IDX_MNIST;
          case FASHION_MNIST -> IDX_FASHION;
          case CIFAR10 -> CIFAR;
        };
    return files.stream().allMatch(file -> isKnown(known, file));
  }

  private static boolean isKnown(Map<String, String> known, Path file) {
    String name = file.getFileName().toString();
    boolean packed = !known.containsKey(name) && name.endsWith(".gz");
    String plainName = packed ? name.substring(0, name.length() - ".gz".length()) : name;
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        InputStream in = packed ? new GZIPInputStream(raw) : raw) {
      return Sha256.of(in).equals(known.get(plainName));
    } catch (IOException e) {
      throw DataFileException.unreadable(file.toString(), e);
    }
  }
}
