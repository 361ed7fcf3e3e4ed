package io.limber.app.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.app.history.RunStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedRunTest {

  @TempDir private Path folder;
  private RunStatus status = RunStatus.of(State.RUNNING);
  private FollowedRun run;

  @BeforeEach
  void follow() {
    run = new FollowedRun(folder, path -> status);
  }

  private void append(long step, double loss) throws IOException {
    Files.writeString(
        folder.resolve("metrics.jsonl"),
        "{\"time\":\"2026-01-31T12:00:00.000Z\",\"source\":\"learner-0\",\"step\":%d,\"values\":{\"learner/loss\":%s}}\n"
            .formatted(step, loss),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  @Test
  void fileThatGrows_isFollowed() throws IOException {
    append(1, 0.5);
    run.poll();
    append(2, 0.25);
    run.poll();

    Replica page = new Replica();
    page.catchUp(run.history());
    assertThat(page.series().get("learner/loss@learner-0")).hasToString("[[1, 0.5], [2, 0.25]]");
    assertThat(run.history().status().state()).isEqualTo(State.RUNNING);
  }

  @Test
  void fileThatWasCutBack_beginsAnotherHistory() throws IOException {
    append(1, 0.5);
    append(2, 0.25);
    run.poll();
    History first = run.history();
    Files.delete(folder.resolve("metrics.jsonl"));
    append(1, 0.75);
    run.poll();
    run.poll();

    assertThat(run.history().incarnation()).isNotEqualTo(first.incarnation());
    Replica page = new Replica();
    page.catchUp(run.history());
    assertThat(page.series().get("learner/loss@learner-0")).hasToString("[[1, 0.75]]");
  }

  @Test
  void status_isWhatItsReaderSays_andReportsBeforeTheEndAreRead() throws IOException {
    append(1, 0.5);
    status = new RunStatus(State.ENDED, "interrupted");
    run.poll();

    assertThat(run.history().status()).isEqualTo(status);
    assertThat(run.history().step()).isEqualTo(1);
  }
}
