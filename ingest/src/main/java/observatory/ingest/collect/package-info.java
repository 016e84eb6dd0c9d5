/**
 * Takes in what exporters, sensors and resolvers send and write, and hands it to Kafka: frames, stamps and counts, and
 * decodes nothing.
 */
@NullMarked
package observatory.ingest.collect;

import org.jspecify.annotations.NullMarked;
