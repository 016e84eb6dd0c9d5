package observatory.dashboards.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import observatory.ingest.collect.CollectSettings;
import observatory.ingest.collect.Collectors;
import observatory.ingest.collect.Exporters;
import observatory.ingest.collect.Topics;

/** A collector of files in a process of its own, to be killed. */
final class CollectorProcess {
    private CollectorProcess() {}

    static List<CollectSettings.Files> files(Path folder) {
        return List.of(new CollectSettings.Files(folder + "/zeek/*.log", null, "zeek-zh", "zurich", null));
    }

    static Process start(String bootstrap, Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CollectorProcess.class.getName(),
                        bootstrap,
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("collector.out").toFile())
                .start();
    }

    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[1]);
        CollectSettings settings = new CollectSettings(
                "killed",
                null,
                files(folder),
                List.of(),
                List.of(),
                new Exporters(List.of(), List.of()),
                Topics.Kafka.at(arguments[0]),
                folder.resolve("state"));
        Collectors.open(settings, Clock.systemUTC(), datagram -> Optional.empty());
        Thread.currentThread().join();
    }
}
