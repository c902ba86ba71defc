FROM eclipse-temurin:25.0.3_9-jdk AS build
WORKDIR /build
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY src src
RUN ./mvnw -B -ntp -DskipTests package \
    && java -Djarmode=tools -jar target/reprise-*.jar extract --layers --application-filename app.jar --destination /layers

FROM eclipse-temurin:25.0.3_9-jre
WORKDIR /app
# What changes most rarely comes first, so that a new version is a small layer.
COPY --from=build /layers/dependencies/ ./
COPY --from=build /layers/snapshot-dependencies/ ./
COPY --from=build /layers/application/ ./
# By number: runAsNonRoot can't be checked by a name.
USER 65532:65532
EXPOSE 8080
# Out of memory it would stay alive and broken; the kubelet starts it anew instead.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "app.jar"]
