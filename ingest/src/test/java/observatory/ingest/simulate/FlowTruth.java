package observatory.ingest.simulate;

import java.util.List;

/** One line of {@code truth-flows.ndjson.gz}; what a line leaves out is empty here. */
record FlowTruth(
        String sensor,
        String uid,
        String device,
        String start,
        String purpose,
        String address,
        String name,
        boolean sni,
        String dns,
        List<String> candidates,
        long out) {
    FlowTruth {
        // A quarter of a million lines share few texts.
        sensor = sensor.intern();
        device = device.intern();
        purpose = purpose.intern();
        address = address.intern();
        name = name == null ? "" : name.intern();
        dns = dns.intern();
        candidates = candidates == null ? List.of() : List.copyOf(candidates);
    }
}
