/** The prefix that syslog and its relatives put before a line: one reader for all log decoders and listeners. */
@NullMarked
package observatory.ingest.syslog;

import org.jspecify.annotations.NullMarked;
