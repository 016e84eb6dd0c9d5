package observatory.ingest.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import observatory.ingest.Decoders;
import observatory.ingest.archive.Archive;
import observatory.ingest.archive.ArchiveFile;
import observatory.ingest.archive.ArchiveSettings;
import observatory.ingest.archive.BlockReader;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoder;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection;
import observatory.ingest.observation.DeviceSighting;
import observatory.ingest.observation.DnsObservation;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.Observation;
import observatory.ingest.observation.SensorStatus;
import observatory.ingest.observation.TlsObservation;

/** What the house's own decoders read out of a folder of simulated logs. */
record Readout(
        List<FlowObservation> flows,
        List<DnsObservation> dns,
        List<TlsObservation> tls,
        List<DeviceSighting> sightings,
        List<Rejection> rejections,
        Archive archive) {

    static Readout of(Path folder) {
        Archive archive = Archive.of(List.of(folder), ArchiveSettings.NONE);
        Readout readout = new Readout(
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), archive);
        for (ArchiveFile file : archive.files()) {
            Decoder decoder = Decoders.forFormat(file.format());
            try (BlockReader blocks = file.blocks()) {
                for (RawMessage block = blocks.next(); block != null; block = blocks.next()) {
                    readout.add(decoder.decode(block));
                }
            }
        }
        return readout;
    }

    private void add(Decoded decoded) {
        rejections.addAll(decoded.rejections());
        for (Observation observation : decoded.observations()) {
            switch (observation) {
                case FlowObservation flow -> flows.add(flow);
                case DnsObservation question -> dns.add(question);
                case TlsObservation handshake -> tls.add(handshake);
                case DeviceSighting sighting -> sightings.add(sighting);
                case SensorStatus status -> throw new IllegalStateException("nobody simulates " + status);
            }
        }
    }

    List<Observation> all() {
        List<Observation> all = new ArrayList<>(flows);
        all.addAll(dns);
        all.addAll(tls);
        all.addAll(sightings);
        return all;
    }
}
