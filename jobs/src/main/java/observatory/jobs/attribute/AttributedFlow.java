package observatory.jobs.attribute;

import observatory.geo.attribution.Attribution;

/**
 * A flow with all that is known of its destination.
 *
 * @param named the flow, its device and the name
 * @param destination what is known of the other end
 */
public record AttributedFlow(NamedFlow named, Attribution destination) {}
