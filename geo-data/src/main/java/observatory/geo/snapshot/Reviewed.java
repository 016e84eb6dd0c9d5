package observatory.geo.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import observatory.geo.catalogue.CatalogueException;
import observatory.geo.catalogue.CatalogueFile;
import observatory.geo.catalogue.Replacement;
import observatory.geo.party.Clouds;
import observatory.geo.party.Operators;
import observatory.geo.party.ServiceCatalogue;
import org.jspecify.annotations.Nullable;

/** The reviewed files that were read: the product's, and over them the user's. */
final class Reviewed {
    private static final String OWN_INPUT = "own ";

    /** The files that a user may have; their key at the top is their name without the ending. */
    private static final List<String> OWN = List.of("services.yaml", "operators.yaml", "clouds.yaml");

    private final Path folder;
    private final @Nullable Path own;
    private final List<String> inputs = new ArrayList<>();
    private final List<DataSet> dataSets = new ArrayList<>();
    private final Clouds clouds;
    private final Operators operators;
    private final ServiceCatalogue services;
    private final List<Replacement> replacements = new ArrayList<>();
    private final LocalDate reviewed;

    /**
     * Reads who runs what, and in whose networks.
     *
     * @param folder the product's files
     * @param own the user's; may be absent
     */
    Reviewed(Path folder, @Nullable Path own) {
        this.folder = folder;
        this.own = own != null && Files.isDirectory(own) ? own : null;
        refuseOthers();
        Operators named = Operators.read(builtIn("operators.yaml"));
        this.operators = own("operators.yaml").map(named::with).orElse(named);
        Clouds known = Clouds.read(builtIn("clouds.yaml"));
        this.clouds = own("clouds.yaml").map(known::with).orElse(known);
        CatalogueFile catalogue = builtIn("services.yaml");
        this.reviewed = lastReview(catalogue);
        this.services = ServiceCatalogue.read(catalogue, own("services.yaml").orElse(null), operators);
        replacements.addAll(operators.replacements());
        replacements.addAll(clouds.replacements());
        replacements.addAll(services.replacements());
        describeOwn();
    }

    Clouds clouds() {
        return clouds;
    }

    Operators operators() {
        return operators;
    }

    ServiceCatalogue services() {
        return services;
    }

    /** What of the product's the user's entries replace. */
    List<Replacement> replacements() {
        return replacements;
    }

    /** The product's files that were read so far, as one data set, and the user's. */
    List<DataSet> dataSets() {
        List<DataSet> all = new ArrayList<>(List.of(ofTheProduct()));
        all.addAll(dataSets);
        return all;
    }

    private DataSet ofTheProduct() {
        String contents =
                inputs.stream().filter(input -> !input.startsWith(OWN_INPUT)).collect(Collectors.joining("\n"));
        return new DataSet(
                "catalogue",
                "catalogue",
                "geo-data/catalogue",
                Digest.of(contents).substring(0, 8),
                reviewed,
                "Apache-2.0",
                "",
                "",
                Integer.MAX_VALUE,
                "",
                true);
    }

    private static LocalDate lastReview(CatalogueFile catalogue) {
        return catalogue.entries("services").stream()
                .map(entry -> entry.provenance().date())
                .max(Comparator.naturalOrder())
                .orElse(LocalDate.EPOCH);
    }

    /** One line a file, for the digest. */
    List<String> inputs() {
        return inputs;
    }

    /** A file of the product. */
    CatalogueFile builtIn(String name) {
        Path file = folder.resolve(name);
        CatalogueFile read = CatalogueFile.read(file);
        inputs.add(name + " " + digest(file));
        return read;
    }

    private Optional<CatalogueFile> own(String name) {
        Path file = own == null ? null : own.resolve(name);
        if (file == null || !Files.exists(file)) {
            return Optional.empty();
        }
        CatalogueFile read = CatalogueFile.readOwn(file);
        read.root().allow(key(name));
        inputs.add(OWN_INPUT + name + " " + digest(file));
        return Optional.of(read);
    }

    /** A misspelt file name would otherwise be passed over in silence. */
    private void refuseOthers() {
        if (own == null) {
            return;
        }
        try (Stream<Path> files = Files.list(own)) {
            files.filter(file -> file.getFileName().toString().matches("[^.].*\\.ya?ml"))
                    .filter(file -> !OWN.contains(file.getFileName().toString()))
                    .sorted()
                    .findFirst()
                    .ifPresent(file -> {
                        throw new CatalogueException(
                                file + " is read by nobody; your own catalogue may have " + String.join(", ", OWN));
                    });
        } catch (IOException unreadable) {
            throw new CatalogueException("cannot list " + own + "; this process must be able to read it", unreadable);
        }
    }

    private void describeOwn() {
        for (String name : OWN) {
            Path file = own == null ? null : own.resolve(name);
            if (file == null || !Files.exists(file)) {
                continue;
            }
            int entries = CatalogueFile.readOwn(file).entries(key(name)).size();
            List<String> replaced = replacements.stream()
                    .filter(replacement -> replacement.file().equals(file.toString()))
                    .map(replacement -> replacement.what() + " by line " + replacement.line())
                    .toList();
            dataSets.add(new DataSet(
                    "own-" + key(name),
                    "catalogue",
                    file.toString(),
                    entries
                            + (entries == 1 ? " entry " : " entries ")
                            + digest(file).substring(0, 8),
                    null,
                    "your own",
                    "",
                    "",
                    Integer.MAX_VALUE,
                    replaced.isEmpty() ? "" : "replaces " + String.join("; ", replaced),
                    true));
        }
    }

    private static String key(String name) {
        return name.substring(0, name.indexOf('.'));
    }

    private static String digest(Path file) {
        try {
            return Digest.of(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
