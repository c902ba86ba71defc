package dev.reprise.testcluster;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

final class ClusterExtension
    implements ParameterResolver,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler {
  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(ClusterExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == TestCluster.class || type == Kubectl.class || type == Namespace.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (type == Namespace.class) {
      return namespace(context);
    }
    return type == Kubectl.class ? cluster(context).kubectl() : cluster(context);
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withTheDead(context, failure);
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withTheDead(context, failure);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withTheDead(context, failure);
  }

  /** A controller that has died makes tests fail strangely, so their failures name it. */
  private static Throwable withTheDead(ExtensionContext context, Throwable failure) {
    SharedCluster shared =
        context
            .getStore(StoreScope.LAUNCHER_SESSION, STORE)
            .get(SharedCluster.class, SharedCluster.class);
    if (shared != null && shared.cluster() != null && !shared.cluster().dead().isEmpty()) {
      failure.addSuppressed(
          new ClusterFailure(
              "Parts of the test cluster have ended: "
                  + String.join(", ", shared.cluster().dead())));
    }
    return failure;
  }

  private static Namespace namespace(ExtensionContext context) {
    return context
        .getStore(STORE)
        .computeIfAbsent(
            Namespace.class,
            _ -> Namespace.create(cluster(context).kubectl(), context.getRequiredTestClass()),
            Namespace.class);
  }

  private static TestCluster cluster(ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, STORE)
        .computeIfAbsent(SharedCluster.class, _ -> SharedCluster.start(), SharedCluster.class)
        .get();
  }

  /** Remembers a failure too, so that not each test tries again what takes minutes to fail. */
  private record SharedCluster(@Nullable TestCluster cluster, @Nullable ClusterFailure failure)
      implements AutoCloseable {

    static SharedCluster start() {
      try {
        return new SharedCluster(TestCluster.start(Path.of("target/cluster/tests")), null);
      } catch (ClusterFailure e) {
        return new SharedCluster(null, e);
      }
    }

    TestCluster get() {
      if (cluster == null) {
        throw new ClusterFailure("No test cluster: see the cause", failure);
      }
      return cluster;
    }

    @Override
    public void close() {
      if (cluster != null) {
        cluster.close();
      }
    }
  }
}
