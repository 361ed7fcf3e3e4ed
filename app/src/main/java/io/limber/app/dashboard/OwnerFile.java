package io.limber.app.dashboard;

import io.limber.core.config.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Locale;
import java.util.Set;

/** A file with a secret, which nobody but its owner may read. */
final class OwnerFile {

  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private OwnerFile() {}

  /**
   * Its text without white space at the ends.
   *
   * @param key names the setting in a refusal
   * @throws InvalidSettingException if it cannot be read, or others may read it
   */
  static String read(Path file, String key) {
    try {
      for (PosixFilePermission permission : Files.getPosixFilePermissions(file)) {
        if (OTHERS.contains(permission)) {
          throw new InvalidSettingException(
              key,
              file.toString(),
              "be a file of mode 600: it holds a secret, and others have "
                  + permission.name().toLowerCase(Locale.ROOT));
        }
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new InvalidSettingException(key, file.toString(), "be a file that can be read: " + e);
    }
  }
}
