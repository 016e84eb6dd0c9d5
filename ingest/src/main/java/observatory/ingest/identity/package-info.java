/** Which device an address belongs to, and what a device is: lease files, inventories, user agents. */
@NullMarked
package observatory.ingest.identity;

import org.jspecify.annotations.NullMarked;
