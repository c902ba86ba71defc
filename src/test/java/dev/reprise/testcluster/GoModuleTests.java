package dev.reprise.testcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoModuleTests {
  @Test
  void tellsProgramsTheKubernetesVersionTheyAreBuiltFrom(@TempDir Path folder) throws IOException {
    assertThat(GoModule.controlPlane().linkerFlags())
        .containsPattern("-X k8s.io/component-base/version.gitVersion=v1\\.\\d+\\.\\d+ ")
        .contains("gitMajor=1 ");
    Files.writeString(folder.resolve("go.mod"), "module another");
    assertThat(new GoModule(folder).linkerFlags()).isEqualTo("-s -w");
  }

  @Test
  void namesTheVersionsThatThereAreWhenAskedForAnother() {
    assertThatThrownBy(() -> GoModule.controlPlane("1.2"))
        .isInstanceOf(ClusterFailure.class)
        .hasMessageContaining("-Dkubernetes.version=1.2")
        .hasMessageContaining("leave it out for v1.37")
        .hasMessageContaining("[1.35]");
  }

  @Test
  void hasAllProgramsOfAnEarlierVersionButKwok() {
    List<String> newest = new ArrayList<>(GoModule.controlPlane("").tools());
    newest.remove("sigs.k8s.io/kwok/cmd/kwok");

    assertThat(GoModule.controlPlane("1.35").tools()).hasSize(5).isEqualTo(newest);
  }

  @Test
  void knowsItsTools() {
    assertThat(GoModule.controlPlane().tools())
        .contains("k8s.io/kubernetes/cmd/kube-apiserver", "sigs.k8s.io/kwok/cmd/kwok");
    assertThat(GoModule.HELM.tools())
        .containsExactly("github.com/norwoodj/helm-docs/cmd/helm-docs", "helm.sh/helm/v4/cmd/helm");
  }

  @Test
  void hasAnotherKeyAfterAnyChange(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("go.mod"), "require k8s.io/kubernetes v1.37.2");
    Files.writeString(folder.resolve("go.sum"), "a");
    GoModule module = new GoModule(folder);
    CachedFolder key = module.cached();

    Files.writeString(folder.resolve("go.sum"), "b");
    CachedFolder afterOtherSums = module.cached();
    Files.writeString(folder.resolve("go.mod"), "require k8s.io/kubernetes v1.37.3");

    assertThat(afterOtherSums).isNotEqualTo(key);
    assertThat(module.cached()).isNotIn(key, afterOtherSums);
  }

  @Test
  void wantsGo126() {
    assertThat(Go.newEnough("go1.26.8\n")).contains(new Go("go1.26.8"));
    assertThat(Go.newEnough("go1.27rc1")).isPresent();
    assertThat(Go.newEnough("go1.25.9")).isEmpty();
    assertThat(Go.newEnough("")).isEmpty();
  }

  @Test
  void namesTheProgramsHoweverGoWritesThem() {
    assertThat(GoModule.TOXIPROXY.tools())
        .containsExactly("github.com/Shopify/toxiproxy/v2/cmd/server");
    assertThat(GoModule.ARGO_ROLLOUTS.tools()).hasSize(2);
  }
}
