package observatory.ingest.simulate.fleet;

/**
 * Something a phone has from a moment on: an address, a firmware, a resolver.
 *
 * @param from microseconds since 1970
 * @param value what it has
 */
public record Version(long from, String value) {}
