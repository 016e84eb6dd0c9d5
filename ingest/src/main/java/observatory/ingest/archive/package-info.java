/** Log files on disk: found, recognised, uncompressed and cut into blocks that can be decoded anywhere. */
@NullMarked
package observatory.ingest.archive;

import org.jspecify.annotations.NullMarked;
