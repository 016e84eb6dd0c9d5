package observatory.geo.snapshot;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import observatory.geo.attribution.Attributor;
import observatory.geo.catalogue.Replacement;
import observatory.geo.party.Adequacy;
import observatory.geo.party.DeviceMakers;
import observatory.geo.party.Operators;
import observatory.geo.party.ServiceCatalogue;

/**
 * All tables of one moment, with the editions they were made from and one digest over all of them. Immutable; newer data is
 * another snapshot. A snapshot with missing data works and says so: {@link #problems()} is never silently empty.
 */
public final class GeoSnapshot {
    private final String digest;
    private final List<DataSet> dataSets;
    private final List<Problem> problems;
    private final Attributor attributor;
    private final ServiceCatalogue services;
    private final Operators operators;
    private final List<Replacement> replacements;
    private final Adequacy adequacy;
    private final DeviceMakers makers;

    GeoSnapshot(
            String digest,
            List<DataSet> dataSets,
            List<Problem> problems,
            Attributor attributor,
            ServiceCatalogue services,
            Operators operators,
            List<Replacement> replacements,
            Adequacy adequacy,
            DeviceMakers makers) {
        this.digest = digest;
        this.dataSets = List.copyOf(dataSets);
        this.problems = List.copyOf(problems);
        this.attributor = attributor;
        this.services = services;
        this.operators = operators;
        this.replacements = List.copyOf(replacements);
        this.adequacy = adequacy;
        this.makers = makers;
    }

    /**
     * Reads everything. The first time takes seconds, later ones a fraction of one when the sources name a cache.
     *
     * @throws observatory.geo.catalogue.CatalogueException when a reviewed file is missing or wrong; missing data packages
     *     are {@link #problems()} instead
     */
    public static GeoSnapshot load(GeoSources sources) {
        return new SnapshotLoader(sources).load();
    }

    /** Sixteen hex digits over the editions and contents of everything that was read. */
    public String digest() {
        return digest;
    }

    /** From an address and its names to all that is known of it; safe to share between threads. */
    public Attributor attributor() {
        return attributor;
    }

    public DeviceMakers makers() {
        return makers;
    }

    public ServiceCatalogue services() {
        return services;
    }

    /** To which countries the GDPR lets personal data go, and since when. */
    public Adequacy adequacy() {
        return adequacy;
    }

    /** What of the product's catalogue the user's own entries replace. */
    public List<Replacement> replacements() {
        return replacements;
    }

    /** Every data set that was looked for, also those that are missing. */
    public List<DataSet> dataSets() {
        return dataSets;
    }

    /** What is missing or wrong and what to do; empty when everything was found. */
    public List<Problem> problems() {
        return problems;
    }

    /** Data sets that are older than they may be, to be announced wherever figures made with them are shown. */
    public List<DataSet> oldDataSets(InstantSource clock) {
        return dataSets.stream()
                .filter(dataSet -> dataSet.present() && dataSet.isOld(clock))
                .toList();
    }

    /**
     * What has to be said wherever figures are made with it: what is missing or wrong, what is too old, and what of the
     * reviewed tables has run out.
     */
    public List<String> announcements(InstantSource clock) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return Stream.of(
                        problems.stream().map(Problem::toString),
                        dataSets.stream().flatMap(set -> set.ageing(clock).stream()),
                        operators.over(today).stream()
                                .map(operator -> "what operators.yaml says of " + operator.name() + " held until "
                                        + operator.until()))
                .flatMap(Function.identity())
                .toList();
    }

    /** The lines that licences ask for, in one sentence, to be shown with results. */
    public String attributionLine() {
        return dataSets.stream()
                .filter(dataSet -> dataSet.present() && !dataSet.attribution().isEmpty())
                .map(dataSet -> dataSet.attribution() + " (" + dataSet.link() + ")")
                .distinct()
                .collect(Collectors.joining("; "));
    }
}
