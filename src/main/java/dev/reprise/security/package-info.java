/** Who calls: from a bearer token to a user and groups. */
@NullMarked
package dev.reprise.security;

import org.jspecify.annotations.NullMarked;
