package observatory.ingest.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import observatory.ingest.Decoders;
import observatory.ingest.decode.Corpus;
import observatory.ingest.decode.Decoder;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.observation.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurveyTest {
    @TempDir
    Path folder;

    @Test
    void everyBlockIsDescribedAsAReaderWillFindIt() {
        Archive archive = Archive.of(List.of(Corpus.of("zeek/rita-proxy-rolling")), ArchiveSettings.NONE);
        for (FileSurvey survey : Survey.of(archive.files(), 2).files()) {
            Decoder decoder = Decoders.forFormat(survey.file().format());
            try (BlockReader reader = survey.file().blocks()) {
                for (int i = 0; i < survey.blocks(); i++) {
                    RawMessage block = Objects.requireNonNull(reader.next());
                    assertThat(survey.blockOffsets()[i]).isEqualTo(block.offset());
                    assertThat(survey.blockFirstLines()[i]).isEqualTo(block.firstLine());
                    assertThat(survey.blockMinTimes()[i])
                            .isEqualTo(decoder.decode(block).observations().stream()
                                    .mapToLong(Observation::timeNanos)
                                    .min()
                                    .orElse(FileSurvey.NO_TIME));
                }
                assertThat(reader.next()).isNull();
            }
        }
    }

    @Test
    void totalsAreTheSumsOfTheFiles() {
        Archive archive = Archive.of(List.of(Corpus.of("zeek/rita-proxy-rolling")), ArchiveSettings.NONE);
        LongAdder progress = new LongAdder();
        Survey survey = Survey.of(archive.files(), 2, progress);
        assertThat(survey.records()).isEqualTo(7550 + 3209 + 2736);
        assertThat(progress.sum()).isEqualTo(survey.compressedBytes());
        assertThat(survey.compressedBytes()).isLessThan(survey.bytes());
        assertThat(survey.files()).extracting(file -> file.file().path()).isSorted();
    }

    @Test
    void aBlockWithoutObservationHasNoTime() throws IOException {
        Path file = Files.writeString(folder.resolve("http.log"), "{\"ts\":1,\"uid\":\"C\"}\n");
        Survey survey = Survey.of(List.of(ArchiveFile.open(file, ArchiveSettings.NONE)), 1);
        assertThat(survey.files().getFirst().blockMinTimes()).containsExactly(FileSurvey.NO_TIME);
        assertThat(survey.files().getFirst().blockRecords()).containsExactly(1);
        assertThat(survey.minTimeNanos()).isEqualTo(FileSurvey.NO_TIME);
        assertThat(LongStream.of(survey.files().getFirst().blockOffsets()).sum())
                .isZero();
    }
}
