package observatory.dashboards.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The legal ground of a transfer, as a responsible person entered it. Nothing of this can be observed.
 *
 * @param recipient operator, or the endpoint where the catalogue knows no operator
 * @param country ISO 3166-1 alpha-2 of the third country
 * @param instrument {@code adequacy}, {@code SCC}, {@code BCR}, {@code Art. 49}, ...
 * @param document reference of the contract or decision
 * @param assessed day of the transfer impact assessment, ISO; empty when there is none
 * @param reviewer who answers for it
 */
public record Instrument(
        String recipient, String country, String instrument, String document, String assessed, String reviewer) {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    public Instrument(
            @Nullable String recipient,
            @Nullable String country,
            @Nullable String instrument,
            @Nullable String document,
            @Nullable String assessed,
            @Nullable String reviewer) {
        this.recipient = Objects.requireNonNullElse(recipient, "");
        this.country = Objects.requireNonNullElse(country, "");
        this.instrument = Objects.requireNonNullElse(instrument, "");
        this.document = Objects.requireNonNullElse(document, "");
        this.assessed = Objects.requireNonNullElse(assessed, "");
        this.reviewer = Objects.requireNonNullElse(reviewer, "");
        if (this.recipient.isBlank() || this.country.length() != 2 || this.instrument.isBlank()) {
            throw new IllegalArgumentException("an instrument needs recipient, two-letter country and instrument");
        }
    }

    /**
     * Reads a JSON array of instruments.
     *
     * @throws IOException if the file cannot be read or is something else; one line that says what is wrong with it
     */
    public static List<Instrument> read(Path file) throws IOException {
        try {
            return MAPPER.readValue(Files.readAllBytes(file), new TypeReference<List<Instrument>>() {});
        } catch (JsonProcessingException e) {
            throw new IOException(
                    file
                            + " is no list of instruments (wanted: [{\"recipient\": ..., \"country\": \"CN\", \"instrument\":"
                            + " \"SCC\", \"document\": ..., \"assessed\": ..., \"reviewer\": ...}]): "
                            + e.getOriginalMessage(),
                    e);
        }
    }
}
