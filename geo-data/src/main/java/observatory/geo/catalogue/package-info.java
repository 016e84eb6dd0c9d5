/** Reviewed data in YAML files: strict reading with line numbers, and where each statement comes from. */
@NullMarked
package observatory.geo.catalogue;

import org.jspecify.annotations.NullMarked;
