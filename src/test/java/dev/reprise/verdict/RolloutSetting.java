package dev.reprise.verdict;

import java.util.List;
import java.util.function.Consumer;

/**
 * What kind of Rollout is restarted, and how it stands before.
 *
 * @param phase its phase before, and again after
 * @param strategy of its spec
 * @param before brings it from its creation to where it is restarted
 */
record RolloutSetting(String text, String phase, String strategy, Consumer<RolloutScene> before) {

  private static final String STEPS = "canary: {steps: [{setWeight: 50}, {pause: {}}]}";
  private static final String UPDATE =
      "{spec: {template: {metadata: {annotations: {version: two}}}}}";

  static final RolloutSetting CANARY =
      new RolloutSetting("canary", "Healthy", "canary: {}", _ -> {});

  static final RolloutSetting BLUE_GREEN =
      new RolloutSetting("blue-green", "Healthy", "blueGreen: {activeService: '%s'}", _ -> {});

  static final RolloutSetting WORKLOAD_REF =
      new RolloutSetting("workloadRef", "Healthy", "canary: {}", _ -> {});

  static RolloutSetting canary(String fields) {
    return new RolloutSetting("canary", "Healthy", "canary: {%s}".formatted(fields), _ -> {});
  }

  static RolloutSetting blueGreen(String fields) {
    return new RolloutSetting(
        "blue-green", "Healthy", "blueGreen: {activeService: '%s', " + fields + "}", _ -> {});
  }

  static List<RolloutSetting> all() {
    return List.of(
        CANARY,
        new RolloutSetting(
            "canary, maxUnavailable 0",
            "Healthy",
            "canary: {maxUnavailable: 0, maxSurge: 1}",
            _ -> {}),
        new RolloutSetting(
            "canary paused by a step",
            "Paused",
            STEPS,
            scene -> scene.awaitWell("Healthy").patch(UPDATE)),
        new RolloutSetting(
            "canary aborted",
            "Degraded",
            STEPS,
            scene ->
                scene
                    .awaitWell("Healthy")
                    .patch(UPDATE)
                    .awaitWell("Paused")
                    .patchStatus("{status: {abort: true}}")),
        new RolloutSetting(
            "paused by its spec",
            "Paused",
            "canary: {}",
            scene -> scene.awaitWell("Healthy").patch("{spec: {paused: true}}")),
        BLUE_GREEN,
        new RolloutSetting(
            "blue-green before promotion",
            "Paused",
            "blueGreen: {activeService: '%s', autoPromotionEnabled: false}",
            scene -> scene.awaitWell("Healthy").patch(UPDATE)),
        WORKLOAD_REF);
  }

  /** A Rollout whose pods have this annotation, as it stands before the restart. */
  RolloutScene prepare(RolloutScene scene, String annotation) {
    String name = scene.name();
    scene.create(
        """
        {apiVersion: v1, kind: Service, metadata: {name: '%1$s'},
         spec: {selector: {app: '%1$s'}, ports: [{port: 80}]}}
        """,
        name);
    String template =
        """
        selector: {matchLabels: {app: '%1$s'}}, template: {
          metadata: {labels: {app: '%1$s'}, annotations: {%2$s}},
          spec: {containers: [{name: app, image: 'example.com/app:1'}]}}
        """
            .formatted(name, annotation);
    String own = template;
    if (text.equals("workloadRef")) {
      scene.create(
          "{apiVersion: 'apps/v1', kind: Deployment, metadata: {name: '%1$s'}, spec: {replicas: 0, %2$s}}",
          name, template);
      own =
          "selector: {matchLabels: {app: '%1$s'}}, workloadRef: {apiVersion: 'apps/v1', kind: Deployment, name: '%1$s'}"
              .formatted(name);
    }
    scene.create(
        """
        {apiVersion: 'argoproj.io/v1alpha1', kind: Rollout, metadata: {name: '%s'},
         spec: {replicas: %d, strategy: {%s}, %s}}
        """,
        name, scene.replicas(), strategy.formatted(name), own);
    before.accept(scene);
    return scene.awaitWell(phase);
  }
}
