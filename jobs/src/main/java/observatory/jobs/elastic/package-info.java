/** Elasticsearch as the jobs and dashboards see it: templates, bulk requests, outcomes. */
@NullMarked
package observatory.jobs.elastic;

import org.jspecify.annotations.NullMarked;
