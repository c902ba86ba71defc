# The bases are named by tag, of which "nonroot" moves with each update of Debian. Whoever publishes the image pins both
# by digest (image:tag@sha256:…).
FROM eclipse-temurin:25.0.3_9-jdk AS build
WORKDIR /build
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY src src
RUN ./mvnw -B -ntp -DskipTests package \
    && java -Djarmode=tools -jar target/reprise-*.jar extract --layers --application-filename app.jar --destination /layers

# No shell and no package manager: each RUN from here on is a program and its arguments.
FROM gcr.io/distroless/java25-debian13:nonroot AS app
WORKDIR /app
# What changes most rarely comes first, so that a new version is a small layer.
COPY --from=build /layers/dependencies/ ./
COPY --from=build /layers/snapshot-dependencies/ ./
COPY --from=build /layers/application/ ./

# Starts the service without a cluster, asks it a few things and leaves. By the JVM that will run it and
# over the same files, or else that JVM refuses the cache; the collector is chosen, since by itself
# the JVM would choose it by the size of the machine that builds. Adapters are not cached: JDK 25 finds them by
# a hash that two may share, and warns of that in the midst of the JSON log (JDK-8364929); and they are machine
# code, made for the processor that builds.
FROM app AS training
RUN ["/usr/bin/java", "-XX:+UseSerialGC", "-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTAdapterCaching", "-XX:AOTCacheOutput=/tmp/app.aot", "-cp", "app.jar", "dev.reprise.TrainingRun"]

FROM app
COPY --from=training /tmp/app.aot ./
# By number: runAsNonRoot can't be checked by a name.
USER 65532:65532
EXPOSE 8080 8081
# By itself the JVM begins with a 64th of the memory, and collects garbage 180 times until the service is up.
# Out of memory it would stay alive and broken; the kubelet starts it anew instead.
ENTRYPOINT ["/usr/bin/java", "-XX:+UseSerialGC", "-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTAdapterCaching", "-XX:AOTCache=app.aot", "-XX:InitialRAMPercentage=30", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "app.jar"]
