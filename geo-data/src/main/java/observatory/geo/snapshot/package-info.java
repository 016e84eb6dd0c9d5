/** All tables with their editions, dates, licences and one digest. */
@NullMarked
package observatory.geo.snapshot;

import org.jspecify.annotations.NullMarked;
