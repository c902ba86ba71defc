package dev.reprise.web;

/**
 * A Restart of one moment in all the ways in which those who follow it are told.
 *
 * @param etag changes with what is told, but not with the time alone
 * @param json on one line
 * @param line for people, without its end
 */
record Rendered(String etag, String json, String line) {}
