package dev.reprise.testcluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests on a real Kubernetes control plane. All of a test run share one cluster, begun when the
 * first of them asks for it.
 *
 * <p>Their methods and constructors may have parameters of type {@link TestCluster}, {@link
 * Kubectl} and {@link Namespace}. Each test method gets a namespace of its own, unless its class
 * asked for one in the constructor or in {@code @BeforeAll}: then they share that.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("cluster")
@ExtendWith(ClusterExtension.class)
public @interface ClusterTest {}
