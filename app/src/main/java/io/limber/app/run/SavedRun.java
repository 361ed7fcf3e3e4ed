package io.limber.app.run;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import io.limber.actors.checkpoint.ResumePoint;
import io.limber.app.config.ResumeRules;
import io.limber.core.checkpoint.Checkpoint;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.checkpoint.UnusableCheckpointException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/** A run that was interrupted, stopped or finished, and is to go on. Not thread-safe: one run. */
final class SavedRun {

  private final RunFolder folder;
  private final Config config;
  private final String architecture;
  private final Consumer<String> say;
  private final List<Checkpoint> superseded = new ArrayList<>();

  /**
   * @param folder its folder, locked by this process
   * @param config configuration with which it is to go on
   * @param architecture of the network that this configuration makes
   * @param say is told of every checkpoint that is passed over
   */
  SavedRun(RunFolder folder, Config config, String architecture, Consumer<String> say) {
    this.folder = folder;
    this.config = config;
    this.architecture = architecture;
    this.say = say;
  }

  RunFolder folder() {
    return folder;
  }

  /**
   * The newest checkpoint that can be used, among those whose step is wanted.
   *
   * @throws UnusableRunException with every reason, if there is none
   */
  ResumePoint find(LongPredicate wanted) throws IOException {
    List<String> reasons = new ArrayList<>();
    for (Checkpoint checkpoint : folder.checkpoints().list()) {
      if (wanted.test(checkpoint.step())) {
        try {
          ResumePoint point = ResumePoint.load(checkpoint);
          requireFits(point);
          if (!reasons.isEmpty()) {
            say.accept("going on from the older checkpoint at step " + point.step());
          }
          return point;
        } catch (UnusableCheckpointException e) {
          reasons.add(e.getMessage());
          say.accept("passed over: " + e.getMessage());
        }
      }
    }
    String why = reasons.isEmpty() ? "it has no such checkpoint" : String.join("\n  ", reasons);
    throw new UnusableRunException(
        "%s cannot be resumed: %s%nstart it anew: limber train --config %s"
            .formatted(folder.path(), why, folder.config()));
  }

  private void requireFits(ResumePoint point) throws UnusableCheckpointException {
    Path path = point.checkpoint().path();
    if (!point.manifest().architecture().equals(architecture)) {
      throw new UnusableCheckpointException(
          path
              + " is of another network: "
              + point.manifest().architecture()
              + ", this run has "
              + architecture);
    }
    List<String> differences = ResumeRules.differences(saved(path), config);
    if (!differences.isEmpty()) {
      throw new UnusableCheckpointException(
          path + " is of another configuration: " + String.join("; ", differences));
    }
  }

  private static Config saved(Path checkpoint) throws UnusableCheckpointException {
    Path file = checkpoint.resolve(ResumePoint.CONFIG);
    try {
      return ConfigFactory.parseFile(
          file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
    } catch (ConfigException e) {
      throw new UnusableCheckpointException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Makes the folder as it was at the checkpoint: later checkpoints are out of use, and lines of
   * later metrics lie in a file of their own.
   *
   * @return what was measured until then
   */
  Readings goOnFrom(ResumePoint point) throws IOException {
    CheckpointFolder checkpoints = folder.checkpoints();
    List<Checkpoint> later = checkpoints.supersedeAfter(point.step());
    superseded.addAll(later);
    if (!later.isEmpty()) {
      say.accept(later.size() + " later checkpoints are out of use from now on");
    }
    checkpoints.clean();
    return MetricsRecord.cutBack(folder, point.step(), point.manifest().metricsBytes(), say);
  }

  /** It could go on from none: those that {@link #goOnFrom} took out of use are in use again. */
  void takeBack() throws IOException {
    for (Checkpoint checkpoint : superseded) {
      folder.checkpoints().reinstate(checkpoint);
    }
    superseded.clear();
  }
}
