package observatory.dashboards.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import observatory.ingest.archive.Archive;
import observatory.ingest.archive.ArchiveFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what the decoders make of files; needs no services. */
@Command(
        name = "decode",
        description = {
            "Writes what files say as one JSON object a line (ECS field names) on standard output,"
                    + " and what could not be read on standard error.",
            "Plain, .gz and .zst files; a folder stands for all logs in it. Flow records come out of captures of what"
                    + " exporters sent (.pcap, .pcapng) and out of files that are one datagram each."
        })
final class DecodeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private LogOptions logs;

    @Option(
            names = "--rejections",
            paramLabel = "FILE",
            description = "where to write what could not be read, instead of standard error")
    private @Nullable Path rejections;

    DecodeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Archive archive = Archive.of(logs.paths(), logs.settings());
        try {
            if (rejections == null) {
                decode(archive, surroundings.err());
                return 0;
            }
            archive.skipped().forEach(file -> spec.commandLine().getErr().println("observatory: skipped " + file));
            try (OutputFile file = OutputFile.open(rejections)) {
                decode(archive, file);
            }
        } catch (StandardOutput.Closed e) {
            // The reader has seen enough (| head), which is no failure.
            return 0;
        }
        return 0;
    }

    private void decode(Archive archive, OutputStream bad) throws IOException, InterruptedException {
        StandardOutput good = new StandardOutput(surroundings.out());
        int threads = Runtime.getRuntime().availableProcessors();
        try (Decoding decoding = new Decoding(good, bad, threads)) {
            for (ArchiveFile file : archive.files()) {
                decoding.decode(file);
            }
            decoding.finish();
        }
    }
}
