package observatory.geo.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import observatory.geo.InstalledData;
import observatory.geo.party.Operators;
import observatory.geo.party.ServiceCatalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** The published schema, by which editors help, says what the readers say. */
class CatalogueSchemaTest {
    private static final JsonSchema SCHEMA = schema();
    private static final String GOOD = """
            services:
              - vendor: Acme
                name: Thing
                purpose: time
                operator: ""
                what: a thing
                hosts: [a.example]
                hosting: ""
                grade: D
                source: none
                date: 2026-11-22
            """;

    static Stream<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(InstalledData.catalogue())) {
            return all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFileOfTheProductIsAsTheSchemaSays(Path file) throws IOException {
        String text = Files.readString(file);

        assertThat(faults(text)).isEmpty();
        assertThat(text).startsWith("# yaml-language-server: $schema=catalogue.schema.json\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "purpose: time -> purpose: snooping",
                "hosts: -> host:",
                "hosts: [a.example] -> hosts: [a b]",
                "hosts: [a.example] -> hosts: []",
                "hosts: [a.example] -> cidrs: [ten]",
                "hosts: [a.example] -> asns: [none]",
                "what: a thing -> what: \"\"",
                "grade: D -> grade: E",
                "source: none -> source: \"\"",
                "date: 2026-11-22 -> date: yesterday",
                "vendor: Acme -> vendor: A/B",
                "operator: \"\" -> ports: [SCTP 5]",
            })
    void whatTheReaderRefusesTheSchemaRefusesToo(String change) throws IOException {
        List<String> both = List.of(change.split(" -> "));
        String bad = GOOD.replace(both.getFirst(), both.getLast());

        assertThat(faults(GOOD)).isEmpty();
        assertThat(faults(bad)).isNotEmpty();
        assertThatThrownBy(() -> read(bad)).isInstanceOf(CatalogueException.class);
    }

    @Test
    void theReaderTakesWhatTheSchemaTakes() {
        assertThat(read(GOOD).entries()).hasSize(1);
    }

    private static ServiceCatalogue read(String text) {
        return ServiceCatalogue.read(
                CatalogueFile.parse("services.yaml", text),
                Operators.read(CatalogueFile.parse("operators.yaml", "operators: []")));
    }

    private static Set<ValidationMessage> faults(String yaml) {
        Object tree = new Yaml(
                        new SafeConstructor(new LoaderOptions()),
                        new Representer(new DumperOptions()),
                        new DumperOptions(),
                        new LoaderOptions(),
                        new PlainTypes())
                .load(yaml);
        return SCHEMA.validate(new ObjectMapper().<JsonNode>valueToTree(tree));
    }

    private static JsonSchema schema() {
        try {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(Files.readString(InstalledData.catalogue().resolve("catalogue.schema.json")));
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** Numbers, truth and text, as editors with YAML 1.2 see them; a date or a NO is text. */
    private static final class PlainTypes extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, Pattern.compile("true|false"), "tf");
            addImplicitResolver(Tag.INT, Pattern.compile("[0-9]+"), "0123456789");
        }
    }
}
