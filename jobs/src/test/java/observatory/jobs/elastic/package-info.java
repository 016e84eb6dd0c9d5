/** Elasticsearch, fake and real, and the contract both keep. */
@NullMarked
package observatory.jobs.elastic;

import org.jspecify.annotations.NullMarked;
