/** Decoder of Suricata's EVE log, versions 4 to 8. */
@NullMarked
package observatory.ingest.suricata;

import org.jspecify.annotations.NullMarked;
