package io.limber.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import io.limber.core.agent.AgentFactory;
import io.limber.core.probe.Probe;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds the arrows of docs/architecture.md. Every rule names the wall that would fall without it.
 */
@AnalyzeClasses(packages = "io.limber", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String CORE = "io.limber.core..";
  private static final String PROTOS = "io.limber.protos..";
  private static final String NUMERICS = "io.limber.numerics..";
  private static final String STREAMS = "io.limber.streams..";
  private static final String ACTORS = "io.limber.actors..";
  private static final String APP = "io.limber.app..";

  @ArchTest
  static void classes_ofEveryModule_areImported(JavaClasses imported) {
    Set<String> modules =
        imported.stream()
            .map(JavaClass::getPackageName)
            .map(name -> name.split("\\.")[2])
            .collect(Collectors.toCollection(TreeSet::new));

    // Without this, a module missing from the class path would pass all rules below.
    assertThat(modules).contains("core", "protos", "numerics", "streams", "actors", "app");
  }

  @ArchTest
  static final ArchRule MODULES_FOLLOW_THE_ARROWS =
      Architectures.layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.limber..")
          .layer("core")
          .definedBy(CORE)
          .layer("protos")
          .definedBy(PROTOS, "io.limber.v1..", "limber..")
          .layer("numerics")
          .definedBy(NUMERICS)
          .layer("streams")
          .definedBy(STREAMS)
          .layer("actors")
          .definedBy(ACTORS)
          .layer("app")
          .definedBy(APP)
          .whereLayer("app")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("actors")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("numerics")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("streams")
          .mayOnlyBeAccessedByLayers("actors", "app")
          .whereLayer("protos")
          .mayOnlyBeAccessedByLayers("streams", "actors", "app");

  @ArchTest
  static final ArchRule CORE_USES_ONLY_THE_JDK_AND_THE_HOCON_READER =
      classes()
          .that()
          .resideInAPackage(CORE)
          .should()
          .onlyDependOnClassesThat()
          // com.sun.management is the JDK's own, in every OpenJDK: the machine's memory
          .resideInAnyPackage("java..", "com.sun.management..", "com.typesafe.config..", CORE);

  @ArchTest
  static final ArchRule ONLY_NUMERICS_KNOWS_TENSORFLOW =
      noClasses()
          .that()
          .resideOutsideOfPackage(NUMERICS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl..", "org.tensorflow..", "org.bytedeco..")
          .because("no tensor, session or native handle leaves numerics");

  @ArchTest
  static final ArchRule NUMERICS_KNOWS_NO_ACTORS_OR_STREAMS =
      noClasses()
          .that()
          .resideInAPackage(NUMERICS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("akka..", "scala..");

  @ArchTest
  static final ArchRule ONLY_PROTOS_KNOWS_PROTOBUF =
      noClasses()
          .that()
          .resideOutsideOfPackage(PROTOS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.google.protobuf..")
          .because("codecs keep schemas out of everything else");

  @ArchTest
  static final ArchRule STREAMS_HANDS_OUT_BLUEPRINTS =
      noClasses()
          .that()
          .resideInAPackage(STREAMS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("akka.actor.typed..")
          .because("a blueprint has no actor protocol");

  @ArchTest
  static final ArchRule ONLY_APP_TALKS_TO_PEOPLE =
      noClasses()
          .that()
          .resideOutsideOfPackage(APP)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..", "me.tongfei..", "ch.qos.logback..");

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      slices()
          .matching("io.limber.(**)")
          .should()
          .beFreeOfCycles()
          // The factory of an agent's parts names the probe that measures its snapshots; neither
          // package needs the other for anything else.
          .ignoreDependency(AgentFactory.class, Probe.class);

  @ArchTest
  static final ArchRule NOBODY_SLEEPS =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", long.class, int.class)
          .because("waiting is for a condition, with a limit");
}
