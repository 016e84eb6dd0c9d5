/** From a panel and a filter to Elasticsearch and back: no figure without its coverage. */
@NullMarked
package observatory.dashboards.search;

import org.jspecify.annotations.NullMarked;
