package observatory.ingest.decode;

import java.util.List;
import observatory.ingest.observation.Observation;

/**
 * The outcome of decoding one message. {@code observations.size() + rejections.size()} is the number of records read.
 *
 * @param observations what was understood, in input order
 * @param rejections what was not, with reason and position, in input order
 */
public record Decoded(List<Observation> observations, List<Rejection> rejections) {}
