package dev.reprise.cluster;

import dev.reprise.reload.ConfigGateway;

/** ConfigMaps and Secrets over the Kubernetes API. */
final class ClusterConfigs implements ConfigGateway {

  private final KubernetesApi api;
  private final ReflectorFactory reflectors;
  private final WorkloadWatches workloads;
  private final HashKey key;
  private final Timing timing;

  ClusterConfigs(
      KubernetesApi api,
      ReflectorFactory reflectors,
      WorkloadWatches workloads,
      HashKey key,
      Timing timing) {
    this.api = api;
    this.reflectors = reflectors;
    this.workloads = workloads;
    this.key = key;
    this.timing = timing;
  }

  @Override
  public Watching watch(Listener listener) {
    ConfigWatch watch = new ConfigWatch(api, reflectors, workloads, key, listener, timing);
    watch.start();
    return watch;
  }
}
