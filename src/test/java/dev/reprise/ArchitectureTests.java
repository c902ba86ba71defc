package dev.reprise;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Holds the layers: a pure core, thin edges, and one package that knows the Kubernetes client. */
class ArchitectureTests {

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.reprise");

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.reprise.(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void onlyClusterKnowsTheKubernetesClient() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.reprise.cluster..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.kubernetes..", "okhttp3..", "com.google.gson..")
        .check(MAIN);
  }

  @Test
  void theCoreIsPure() {
    pure("dev.reprise.workload..", "dev.reprise.workload..");
    pure("dev.reprise.plan..", "dev.reprise.plan..", "dev.reprise.workload..");
    pure("dev.reprise.rollout..", "dev.reprise.rollout..", "dev.reprise.workload..");
  }

  private static void pure(String layer, String... allowed) {
    classes()
        .that()
        .resideInAPackage(layer)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("java..", "org.jspecify..").or(resideInAnyPackage(allowed)))
        .check(MAIN);
  }

  @Test
  void nothingDependsOnTheEdges() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.reprise.cluster..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.reprise.cluster..")
        .check(MAIN);
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.reprise.web..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.reprise.web..")
        .check(MAIN);
  }

  @Test
  void onlyWebSpeaksHttp() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.reprise.web..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework.web.(bind|context|filter|method|servlet)..", "jakarta.servlet..")
        .check(MAIN);
  }

  @Test
  void timeComesIn() {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Configuration")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(MAIN);
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> marked =
        MAIN.stream()
            .filter(type -> type.getSimpleName().equals("package-info"))
            .filter(type -> type.isAnnotatedWith(NullMarked.class))
            .map(JavaClass::getPackageName)
            .collect(Collectors.toSet());

    assertThat(MAIN.stream().map(JavaClass::getPackageName).distinct())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(marked).contains(name));
  }
}
