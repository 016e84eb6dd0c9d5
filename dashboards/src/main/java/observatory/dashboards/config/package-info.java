/** Reads {@code observatory.yaml}: what its JSON Schema does not allow is refused with its place and a suggestion. */
@NullMarked
package observatory.dashboards.config;

import org.jspecify.annotations.NullMarked;
