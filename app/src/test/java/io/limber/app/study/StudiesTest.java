package io.limber.app.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.app.batch.Cell;
import io.limber.app.config.ConfigSources;
import io.limber.core.data.DataSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StudiesTest {

  @ParameterizedTest
  @MethodSource("studiesAndScales")
  void plan_ofEveryStudyAtEveryScale_canRunAndHasNoCellTwice(Study study, Scale scale) {
    StudyRequest request =
        new StudyRequest(scale, 2, Map.of(DataSet.CIFAR10, Path.of("/data/cifar10")));

    List<PlannedCell> cells = PlannedCell.of(study.plan(request).cells(), ConfigSources.defaults());

    assertThat(cells).extracting(PlannedCell::run).extracting(Cell::key).doesNotHaveDuplicates();
    assertThat(cells).allSatisfy(cell -> assertThat(cell.cell().choices()).containsKey("seed"));
  }

  static Stream<Arguments> studiesAndScales() {
    return Studies.all().stream()
        .flatMap(study -> Stream.of(Scale.values()).map(scale -> Arguments.of(study, scale)));
  }

  @ParameterizedTest
  @MethodSource("studies")
  void study_withoutAFinishedCell_drawsNothingAndDecidesNothing(Study study) throws IOException {
    DataTables tables = new DataTables(study.tables(List.of()));

    assertThat(study.figures(tables)).isEmpty();
    assertThat(study.animations(tables)).isEmpty();
    assertThat(study.verdicts(tables)).allMatch(verdict -> verdict.seeds() == 0);
  }

  static List<Study> studies() {
    return Studies.all();
  }

  @Test
  void names_areDistinct() {
    assertThat(Studies.all()).extracting(Study::name).doesNotHaveDuplicates();
  }
}
