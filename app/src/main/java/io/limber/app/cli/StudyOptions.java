package io.limber.app.cli;

import io.limber.app.batch.CellRunner;
import io.limber.app.batch.TrainingCells;
import io.limber.app.config.ConfigSources;
import io.limber.app.run.TensorFlowAgents;
import io.limber.app.study.Scale;
import io.limber.app.study.Study;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which study, of which size, in which folder. */
final class StudyOptions {

  @Parameters(
      paramLabel = "NAME",
      description = "Study: ${COMPLETION-CANDIDATES}.",
      completionCandidates = StudyCommand.Names.class)
  private Study study;

  @Option(
      names = "--scale",
      paramLabel = "SCALE",
      description =
          "quick (the default, about five minutes on two cores), laptop (ten minutes to twenty) or"
              + " paper.")
  private Scale scale = Scale.QUICK;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Folder of all studies (default: studies); each scale has a folder below it.")
  private Path root = Path.of("studies");

  Study study() {
    return study;
  }

  Scale scale() {
    return scale;
  }

  Path root() {
    return root;
  }

  ConfigSources home() {
    return new ConfigSources(ConfigFiles.home(), List.of(), List.of());
  }

  CellRunner runner() {
    return new TrainingCells(new TensorFlowAgents());
  }
}
