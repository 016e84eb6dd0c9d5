package observatory.ingest.decode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import observatory.ingest.Decoders;
import observatory.ingest.archive.ArchiveFile;
import observatory.ingest.archive.ArchiveSettings;
import observatory.ingest.archive.BlockReader;
import observatory.ingest.observation.Observation;

/** Decodes whole files and short texts, for the tests of all modules. */
public final class Decoding {
    private Decoding() {}

    /** All of a file. */
    public static Decoded file(Path path) {
        ArchiveFile file = ArchiveFile.open(path, ArchiveSettings.NONE);
        Decoder decoder = Decoders.forFormat(file.format());
        List<Observation> observations = new ArrayList<>();
        List<Rejection> rejections = new ArrayList<>();
        try (BlockReader reader = file.blocks()) {
            for (RawMessage block = reader.next(); block != null; block = reader.next()) {
                Decoded decoded = decoder.decode(block);
                observations.addAll(decoded.observations());
                rejections.addAll(decoded.rejections());
            }
        }
        rejections.addAll(decoder.end());
        return new Decoded(observations, rejections);
    }

    /** Text as the first block of a file. */
    public static Decoded text(Format format, String header, String text) {
        return Decoders.forFormat(format).decode(message(format, header, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Bytes as the first block of a file named {@code test.log} of the sensor {@code sensor} at {@code site}. */
    public static RawMessage message(Format format, String header, byte[] payload) {
        return new RawMessage(
                format,
                "sensor",
                "site",
                "test.log",
                1,
                0,
                0,
                header.getBytes(StandardCharsets.UTF_8),
                payload,
                List.of());
    }
}
