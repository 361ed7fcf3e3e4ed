package io.limber.core.data;

import io.limber.core.config.Section;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Section {@code limber.fetch}: where one data set's official files come from and where they go.
 *
 * @param directory folder to fill
 * @param baseUrl http or https, ends with a slash; file names are appended
 * @param files what to fetch, at least one
 * @param connectTimeout longest wait for a connection
 * @param stallTimeout longest wait for the answer, and for the next bytes of it
 * @param attempts tries per file when connections fail, at least 1
 * @param retryDelay pause before the second try; doubles before each further one
 */
public record FetchSettings(
    Path directory,
    URI baseUrl,
    List<RemoteFile> files,
    Duration connectTimeout,
    Duration stallTimeout,
    int attempts,
    Duration retryDelay) {

  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /**
   * One file as its publisher serves it.
   *
   * @param name file name, without folders
   * @param bytes its size
   * @param sha256 of its content, 64 lower-case hexadecimal digits
   */
  public record RemoteFile(String name, long bytes, String sha256) {

    private static RemoteFile from(Section files, String name, Section file) {
      files.require(
          PLAIN_NAME.matcher(name).matches(),
          "files",
          name,
          "name plain files (letters, digits, '.', '_', '-'), so that nothing is written elsewhere");
      long bytes = file.wholeNumber("bytes");
      file.require(bytes >= 1, "bytes", bytes, "be the file's size in bytes, at least 1");
      String sha256 = file.string("sha256");
      file.require(
          SHA256.matcher(sha256).matches(),
          "sha256",
          sha256,
          "be 64 lower-case hexadecimal digits");
      return new RemoteFile(name, bytes, sha256);
    }
  }

  public FetchSettings {
    files = List.copyOf(files);
  }

  /** Size of all files together, in bytes. */
  public long totalBytes() {
    return files.stream().mapToLong(RemoteFile::bytes).sum();
  }

  /**
   * Reads {@code limber.fetch} and its subsection for {@code set}.
   *
   * @throws io.limber.core.config.InvalidSettingException if a value cannot work
   */
  public static FetchSettings from(Section limber, DataSet set) {
    Section fetch = limber.section("fetch");
    Section source = fetch.section(Section.kebab(set));
    List<RemoteFile> files = new ArrayList<>();
    source
        .sections("files")
        .forEach((name, file) -> files.add(RemoteFile.from(source, name, file)));
    source.require(!files.isEmpty(), "files", files, "list at least one file");
    int attempts = fetch.integer("attempts");
    fetch.require(attempts >= 1 && attempts <= 100, "attempts", attempts, "lie in [1, 100]");
    return new FetchSettings(
        fetch.file("directory").orElse(Path.of("")).resolve(Section.kebab(set)),
        baseUrl(source),
        files,
        fetch.positiveDuration("connect-timeout"),
        fetch.positiveDuration("stall-timeout"),
        attempts,
        fetch.positiveDuration("retry-delay"));
  }

  private static URI baseUrl(Section source) {
    String text = source.string("base-url");
    boolean web = text.matches("https?://[^/\\s]+/(\\S*/)?");
    source.require(web, "base-url", text, "be an http or https address that ends with a slash");
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      source.require(false, "base-url", text, "be a valid address: " + e.getMessage());
      throw e;
    }
  }
}
