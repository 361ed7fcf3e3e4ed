package io.limber.core.data;

import io.limber.core.data.FetchSettings.RemoteFile;
import io.limber.core.hash.Sha256;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/**
 * Downloads the official files of one data set. A file that is there and has the right checksum is
 * left alone; any other is streamed to a temporary file beside its place, checked, synced and
 * renamed atomically. One owner; several processes may fetch into one folder.
 */
public final class DataFetcher {

  private final FetchSettings settings;
  private final HttpClient client;

  public DataFetcher(FetchSettings settings) {
    this.settings = settings;
    client =
        HttpClient.newBuilder()
            .connectTimeout(settings.connectTimeout())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
  }

  /** Told how far a fetch is, on the fetching thread. */
  @FunctionalInterface
  public interface Progress {
    Progress IGNORED = (file, doneBytes, totalBytes) -> {};

    /**
     * @param file name of the file in work
     * @param doneBytes bytes of all files together that are there; falls when a file is tried again
     * @param totalBytes size of all files together
     */
    void at(String file, long doneBytes, long totalBytes);
  }

  /**
   * What a fetch did.
   *
   * @param directory folder of the files
   * @param downloaded names of the files that were downloaded
   * @param kept names of the files that were there already, with the right checksum
   */
  public record Fetched(Path directory, List<String> downloaded, List<String> kept) {
    public Fetched {
      downloaded = List.copyOf(downloaded);
      kept = List.copyOf(kept);
    }
  }

  /**
   * Fetches what is missing.
   *
   * @throws FetchException if a file cannot be had or is not the expected one; files fetched before
   *     it stay
   * @throws InterruptedException if the thread was interrupted; the file in work leaves nothing
   */
  public Fetched fetch(Progress progress) throws FetchException, InterruptedException {
    prepareDirectory();
    List<String> downloaded = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    long done = 0;
    for (RemoteFile file : settings.files()) {
      long before = done;
      progress.at(file.name(), before, settings.totalBytes());
      if (isThere(file)) {
        kept.add(file.name());
      } else {
        download(file, bytes -> progress.at(file.name(), before + bytes, settings.totalBytes()));
        downloaded.add(file.name());
      }
      done += file.bytes();
      progress.at(file.name(), done, settings.totalBytes());
    }
    return new Fetched(settings.directory(), downloaded, kept);
  }

  private void prepareDirectory() throws FetchException {
    try {
      Files.createDirectories(settings.directory());
    } catch (IOException e) {
      throw new FetchException(
          settings.directory() + ": cannot be made (" + e + "); set limber.fetch.directory", e);
    }
  }

  private boolean isThere(RemoteFile file) throws FetchException {
    Path path = settings.directory().resolve(file.name());
    try {
      return Files.isRegularFile(path)
          && Files.size(path) == file.bytes()
          && Sha256.of(path).equals(file.sha256());
    } catch (IOException e) {
      throw new FetchException(path + ": is there but cannot be read (" + e + ")", e);
    }
  }

  private void download(RemoteFile file, StagedDownload.Progress progress)
      throws FetchException, InterruptedException {
    URI address = settings.baseUrl().resolve(file.name());
    for (int attempt = 1; ; attempt++) {
      try {
        downloadOnce(address, file, progress);
        return;
      } catch (FetchException e) {
        throw e; // another try would end the same way
      } catch (IOException e) {
        if (attempt == settings.attempts()) {
          throw new FetchException(
              address
                  + ": failed "
                  + attempt
                  + " times, at last with: "
                  + describe(e)
                  + "; check the network and limber.fetch, or put the file into "
                  + settings.directory()
                  + " yourself",
              e);
        }
        awaitRetry(attempt);
      }
    }
  }

  private void downloadOnce(URI address, RemoteFile file, StagedDownload.Progress progress)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address).timeout(settings.stallTimeout()).GET().build();
    HttpResponse<Flow.Publisher<List<ByteBuffer>>> response =
        client.send(request, BodyHandlers.ofPublisher());
    try (DownloadBody body = new DownloadBody()) {
      response.body().subscribe(body);
      if (response.statusCode() != 200) {
        throw new FetchException(
            address
                + ": the server answers HTTP "
                + response.statusCode()
                + "; check limber.fetch base-url or try again later");
      }
      try (StagedDownload staged = StagedDownload.create(settings.directory(), file)) {
        List<ByteBuffer> buffers = body.next(settings.stallTimeout());
        while (!buffers.isEmpty()) {
          staged.write(buffers);
          progress.at(staged.bytes());
          buffers = body.next(settings.stallTimeout());
        }
        staged.publish(address);
      }
    }
  }

  private void awaitRetry(int attempt) throws InterruptedException {
    long millis = settings.retryDelay().toMillis() << Math.min(attempt - 1, 10);
    try {
      CompletableFuture.runAsync(
              () -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
          .get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an empty task failed", e);
    }
  }

  /** Some exceptions of the HTTP client, a refused connection for one, have no message. */
  private static String describe(IOException e) {
    String kind = e.getClass().getSimpleName();
    return e.getMessage() == null ? kind : kind + ": " + e.getMessage();
  }
}
