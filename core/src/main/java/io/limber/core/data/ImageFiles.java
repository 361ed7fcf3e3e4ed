package io.limber.core.data;

import io.limber.core.data.DataSettings.Split;
import java.nio.file.Path;
import java.util.List;

/** The official files of one data set in one folder. Read on request only; holds no open file. */
public interface ImageFiles {

  /** The files that are there and would be read; empty if there is none. */
  List<Path> present();

  /**
   * Number of images by the files' headers and sizes; neither pixels nor labels are looked at.
   *
   * @throws DataFileException if a file is missing or its header or size is wrong
   */
  int count(Split split);

  /**
   * Reads and checks everything, into one array of its own.
   *
   * @throws DataFileException if a file is missing or damaged; the message says how to mend it
   */
  LabelledImages read(Split split);
}
