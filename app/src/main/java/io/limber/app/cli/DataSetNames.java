package io.limber.app.cli;

import io.limber.core.config.Section;
import io.limber.core.data.DataSet;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The names of data sets on the command line, the same as in the config. */
final class DataSetNames implements ITypeConverter<DataSet>, Iterable<String> {

  @Override
  public DataSet convert(String name) {
    return Arrays.stream(DataSet.values())
        .filter(set -> Section.kebab(set).equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + name + "' must be one of " + String.join(", ", this)));
  }

  @Override
  public Iterator<String> iterator() {
    return Arrays.stream(DataSet.values()).map(set -> Section.kebab(set)).iterator();
  }
}
