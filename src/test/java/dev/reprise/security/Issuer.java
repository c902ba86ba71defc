package dev.reprise.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;

/** An OpenID Connect issuer with one key. */
final class Issuer implements AutoCloseable {

  private final RSAKey key = key();
  private final HttpServer server;

  private Issuer(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    serve(
        "/.well-known/openid-configuration",
        "{\"issuer\": \"%1$s\", \"jwks_uri\": \"%1$s/keys\"}".formatted(uri()));
    serve("/keys", new JWKSet(key.toPublicJWK()).toString());
    server.start();
  }

  static Issuer start() {
    return new Issuer(0);
  }

  /** Where no other is. */
  static Issuer startAt(int port) {
    return new Issuer(port);
  }

  static RSAKey key() {
    try {
      return new RSAKeyGenerator(2048).keyID("one").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private void serve(String path, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  int port() {
    return server.getAddress().getPort();
  }

  String uri() {
    return "http://localhost:" + port();
  }

  /** A good token for anna of devs, but for what is changed. */
  String token(UnaryOperator<JWTClaimsSet.Builder> change) {
    return token(key, change);
  }

  String token(RSAKey signing, UnaryOperator<JWTClaimsSet.Builder> change) {
    JWTClaimsSet.Builder usual =
        new JWTClaimsSet.Builder()
            .issuer(uri())
            .subject("anna")
            .audience("reprise")
            .claim("groups", List.of("devs"))
            .expirationTime(Date.from(Instant.now().plusSeconds(600)));
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(),
            change.apply(usual).build());
    try {
      token.sign(new RSASSASigner(signing));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
