/** The contract of every decoder: a raw message in, observations and rejections out. */
@NullMarked
package observatory.ingest.decode;

import org.jspecify.annotations.NullMarked;
