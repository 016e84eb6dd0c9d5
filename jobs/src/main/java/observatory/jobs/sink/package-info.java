/** The Flink sink that carries documents to Elasticsearch. */
@NullMarked
package observatory.jobs.sink;

import org.jspecify.annotations.NullMarked;
