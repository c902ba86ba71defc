package dev.reprise.cluster;

import com.google.gson.Gson;
import org.yaml.snakeyaml.Yaml;

/** Objects of the API server for tests, written in YAML. */
final class YamlObject {

  private YamlObject() {}

  static Node node(String yaml) {
    return new Node(new Gson().toJsonTree(new Yaml().load(yaml)));
  }
}
