package observatory.dashboards.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a simulation says of itself.
 *
 * @param flows flows in the logs
 * @param phoneNetworks networks of its phones
 * @param resolvers resolvers that its phones are meant to use
 * @param planted what has to be found
 * @param lookAlikes what must not
 */
record Truth(
        long flows, List<String> phoneNetworks, List<String> resolvers, List<Label> planted, List<Label> lookAlikes) {
    private static final ObjectMapper JSON = new ObjectMapper();

    Truth {
        phoneNetworks = List.copyOf(phoneNetworks);
        resolvers = List.copyOf(resolvers);
        planted = List.copyOf(planted);
        lookAlikes = List.copyOf(lookAlikes);
    }

    /** Reads {@code truth.json} in a folder. */
    static Truth in(Path folder) throws IOException {
        JsonNode truth = JSON.readTree(folder.resolve("truth.json").toFile());
        List<String> networks = new ArrayList<>();
        List<String> resolvers = new ArrayList<>();
        for (JsonNode site : truth.path("sites")) {
            networks.add(site.path("phone_network").asText());
            resolvers.add(site.path("resolver").asText());
            resolvers.add(site.path("second_resolver").asText());
        }
        return new Truth(
                truth.at("/totals/flows").asLong(),
                networks,
                resolvers,
                elements(truth.path("planted")).map(Truth::label).toList(),
                elements(truth.path("look_alikes")).map(Truth::label).toList());
    }

    private static Label label(JsonNode json) {
        return new Label(
                json.path("kind").asText(),
                json.path("scope").asText(),
                json.path("site").asText(),
                elements(json.path("devices")).map(mac -> macOf(mac.asText())).collect(Collectors.toSet()),
                Instant.parse(json.path("from").asText()),
                Instant.parse(json.path("to").asText()),
                json.path("subject").asText(),
                json.path("text").asText(),
                elements(json.path("also")).map(JsonNode::asText).collect(Collectors.toSet()));
    }

    /** One way to write a MAC, whoever wrote it. */
    static String macOf(String text) {
        return text.toUpperCase(Locale.ROOT).replace(':', '-');
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
