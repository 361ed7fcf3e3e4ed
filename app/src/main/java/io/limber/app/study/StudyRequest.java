package io.limber.app.study;

import io.limber.core.data.DataSet;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a study is planned for.
 *
 * @param scale how much of it
 * @param seeds runs of each configuration, with seeds 1 to this
 * @param data folders of the data sets that are on this machine
 */
public record StudyRequest(Scale scale, int seeds, Map<DataSet, Path> data) {

  public StudyRequest {
    data = Map.copyOf(data);
  }

  /** Folder of a data set; empty if it is not here. */
  public Optional<Path> folder(DataSet set) {
    return Optional.ofNullable(data.get(set));
  }
}
