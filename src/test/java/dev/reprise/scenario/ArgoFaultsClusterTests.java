package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static dev.reprise.scenario.Manifest.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.scenario.ApiProxy.Request;
import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One new revision of an Argo Rollout, not two and not none, though requests fail. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArgoFaultsClusterTests {

  private ApiProxy proxy;
  private Service service;
  private Workloads workloads;
  private String namespace;

  @BeforeAll
  void start(TestCluster cluster, Namespace own, @TempDir Path folder) {
    workloads = new Workloads(own);
    namespace = own.name();
    Service.install(cluster);
    proxy = ApiProxy.before(cluster);
    service = Service.startUnready(proxy.kubeconfig(folder), namespace);
    service.caller().awaitReady();
  }

  @AfterAll
  void stop() {
    if (service != null) {
      service.close();
    }
    if (proxy != null) {
      proxy.close();
    }
  }

  @Test
  void makesOneRevisionThoughTheAnswerToThePatchIsLost() {
    workloads.create(rollout("inline").replicas(1));
    proxy.loseAnswer(patchOf("rollouts/inline"), () -> {});

    Answer ended = newRevision("inline");

    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
    assertThat(workloads.revisionOf("inline")).isEqualTo("2");
    assertThat(requests(patchOf("rollouts/inline"))).isEqualTo(1);
  }

  /** Whoever changed it may have kept our annotation, as kubectl apply does. */
  @Test
  void isSupersededByAChangeMadeBeforeTheLostAnswerWasSettled() {
    workloads.create(rollout("changed").replicas(1));
    proxy.loseAnswer(
        patchOf("rollouts/changed"),
        () ->
            workloads.kubectl(
                "patch",
                "rollout",
                "changed",
                "--type=json",
                "--patch=[{\"op\": \"replace\", \"path\": \"/spec/template/spec/containers/0/image\","
                    + " \"value\": \"example.com/app:2\"}]"));

    Answer ended = newRevision("changed");

    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Superseded");
    assertThat(ended.text("reason")).isEqualTo("TemplateChanged");
    assertThat(requests(patchOf("rollouts/changed"))).isEqualTo(1);
  }

  @Test
  void changesTheDeploymentOnceThoughTheAnswerToThatIsLost() {
    createReferring("lost");
    proxy.loseAnswer(patchOf("deployments/lost"), () -> {});

    Answer ended = newRevision("lost");

    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
    assertThat(deploymentGeneration("lost")).isEqualTo(2);
    assertThat(requests(patchOf("deployments/lost"))).isEqualTo(1);
  }

  @Test
  void changesTheDeploymentThoughTheAnswerToTheClaimIsLost() {
    createReferring("claimed");
    proxy.loseAnswer(patchOf("rollouts/claimed"), () -> {});

    Answer ended = newRevision("claimed");

    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
    assertThat(deploymentGeneration("claimed")).isEqualTo(2);
    assertThat(requests(patchOf("rollouts/claimed"))).isEqualTo(1);
  }

  /** The second try finds the Rollout claimed and has only the Deployment left to write. */
  @Test
  void triesAgainWhenTheDeploymentChangedBetweenTheClaimAndThePatch() {
    createReferring("busy");
    proxy.afterNext(
        patchOf("rollouts/busy"),
        () -> workloads.kubectl("annotate", "deployment", "busy", "someone=else"));

    Answer ended = newRevision("busy");

    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
    assertThat(workloads.revisionOf("busy")).isEqualTo("2");
    assertThat(requests(patchOf("rollouts/busy"))).isEqualTo(1);
    assertThat(requests(patchOf("deployments/busy"))).isGreaterThan(1);
  }

  private void createReferring(String name) {
    workloads.createReferring(name, deployment(name), 1, "{canary: {}}");
  }

  private Answer newRevision(String name) {
    Caller caller = service.caller();
    return caller.ended(caller.newRevision(namespace, "Rollout", name));
  }

  private int deploymentGeneration(String name) {
    return workloads.get("deployment", name).at("/metadata/generation").asInt();
  }

  private static Predicate<Request> patchOf(String object) {
    return request -> request.method().equals("PATCH") && request.path().contains("/" + object);
  }

  private long requests(Predicate<Request> matching) {
    return proxy.seen().stream().filter(matching).count();
  }
}
