package dev.reprise.testcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The programs of a local cluster, built once from published Go modules and kept in the user's
 * cache folder.
 */
record Binaries(Path controlPlane, Path kwok, Path argoRollouts) {
  private static final String ARGO_MODULE = "github.com/argoproj/argo-rollouts";
  private static final String CRDS = "crds.yaml";

  /** Whether there are some already, or Go to build them with. */
  static boolean possible() {
    return (isCached(GoModule.controlPlane()) && isCached(GoModule.ARGO_ROLLOUTS))
        || Go.found(GoModule.ARGO_ROLLOUTS).isPresent();
  }

  /**
   * Returns them, after building what is missing; that takes from six minutes to half an hour. One
   * thread at a time, since a file lock holds off other processes only.
   */
  static synchronized Binaries ready() {
    Path controlPlane = cachedOrBuilt(GoModule.controlPlane(), Binaries::finishControlPlane);
    // It serves any minor, and is built with the newest alone: it needs libraries as new as that.
    Path kwok = cachedOrBuilt(GoModule.controlPlane(""), Binaries::finishControlPlane);
    Path argoRollouts =
        cachedOrBuilt(
            GoModule.ARGO_ROLLOUTS, (go, folder) -> finishArgoRollouts(go, folder, controlPlane));
    return new Binaries(controlPlane, kwok, argoRollouts);
  }

  /** The toxiproxy server, which stands between others of them in tests of faults. */
  static synchronized Path toxiproxy() {
    return cachedOrBuilt(GoModule.TOXIPROXY, (_, _) -> {}).resolve("server");
  }

  /** The folder of Helm and helm-docs, which only tests of the chart need; built as the others. */
  static synchronized Path helm() {
    return cachedOrBuilt(GoModule.HELM, (_, _) -> {});
  }

  /** The folder of the Helm before. */
  static synchronized Path helm3() {
    return cachedOrBuilt(GoModule.HELM_3, (_, _) -> {});
  }

  static boolean helmIsPossible() {
    return isCached(GoModule.HELM) || Go.found(GoModule.HELM).isPresent();
  }

  Path of(Component component) {
    Path folder =
        switch (component) {
          case ETCD, API_SERVER, CONTROLLER_MANAGER, SCHEDULER -> controlPlane;
          case KWOK -> kwok;
          case ARGO_ROLLOUTS -> argoRollouts;
        };
    return folder.resolve(component.binary());
  }

  Path kubectl() {
    return controlPlane.resolve("kubectl");
  }

  Path argoPlugin() {
    return argoRollouts.resolve("kubectl-argo-rollouts");
  }

  /** Argo's custom resource definitions, of the version that the controller was built from. */
  Path argoCrds() {
    return argoRollouts.resolve(CRDS);
  }

  private static void finishControlPlane(Go go, Path folder) throws IOException {
    Files.move(folder.resolve("server"), folder.resolve(Component.ETCD.binary()));
  }

  private static void finishArgoRollouts(Go go, Path folder, Path controlPlane) throws IOException {
    Path crds = go.sourceOf(ARGO_MODULE, GoModule.ARGO_ROLLOUTS).resolve("manifests/crds");
    String kubectl = controlPlane.resolve("kubectl").toString();
    Files.writeString(
        folder.resolve(CRDS), new Command(kubectl, "kustomize", crds.toString()).run());
  }

  private interface Finish {
    void apply(Go go, Path folder) throws IOException;
  }

  private static Path cachedOrBuilt(GoModule module, Finish finish) {
    return module.cached().orMake(folder -> build(module, finish, folder));
  }

  private static void build(GoModule module, Finish finish, Path folder)
      throws IOException, InterruptedException {
    Go go = Go.found(module).orElseThrow(Binaries::noGo);
    GoBuild build = new GoBuild(module);
    build.say(
        "building with %s, once; this takes 1 to 20 minutes, by cores and by what Go has cached:"
            + " %s",
        go.version(), String.join(", ", module.tools()));
    build.into(folder);
    finish.apply(go, folder);
  }

  private static boolean isCached(GoModule module) {
    return module.cached().isThere();
  }

  private static ClusterFailure noGo() {
    return new ClusterFailure(
        "The test cluster is built from source and needs Go 1.26 or newer on the PATH:"
            + " https://go.dev/dl");
  }
}
