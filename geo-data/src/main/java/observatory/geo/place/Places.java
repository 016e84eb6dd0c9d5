package observatory.geo.place;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import observatory.geo.address.IpAddress;
import observatory.geo.catalogue.Reason;
import observatory.geo.name.DomainName;
import observatory.geo.place.Place.State;
import observatory.geo.place.Place.Step;
import observatory.geo.place.Place.Vote;
import org.jspecify.annotations.Nullable;

/**
 * Decides where an address answers. The first of these that has something to say decides, and all that were heard are kept
 * as votes: a region in the name, the provider's published range, two databases that agree, one database. Networks that
 * answer from everywhere have no country; networks on which databases are known to disagree never get a single one. Where a
 * network is registered is not a vote. Pure and immutable.
 */
public final class Places {
    private final List<Database> databases;
    private final NameRegions nameRegions;
    private final Regions regions;
    private final ProviderRanges ranges;
    private final Anycast anycast;

    /**
     * @param databases country databases in the order of their votes
     * @param nameRegions regions that names state
     * @param regions countries of providers' regions
     * @param ranges blocks with a published region
     * @param anycast what answers from everywhere
     */
    public Places(
            List<Database> databases,
            NameRegions nameRegions,
            Regions regions,
            ProviderRanges ranges,
            Anycast anycast) {
        this.databases = List.copyOf(databases);
        this.nameRegions = nameRegions;
        this.regions = regions;
        this.ranges = ranges;
        this.anycast = anycast;
    }

    /**
     * A country database.
     *
     * @param id its name in votes
     * @param edition name, edition and date for evidence
     * @param table the data
     */
    public record Database(String id, String edition, CountryTable table) {}

    /**
     * Who is asked about.
     *
     * @param address the address
     * @param name what it was called; null when unknown
     * @param target last name of the CNAME chain; null without a chain
     * @param asn AS that announces it; 0 when unknown
     * @param cloud whose network that is; empty when unknown
     * @param disputed whether databases are known to disagree on that network
     */
    public record Question(
            IpAddress address,
            @Nullable DomainName name,
            @Nullable DomainName target,
            long asn,
            String cloud,
            boolean disputed) {}

    /** A place and why. */
    public record Answer(Place place, List<Reason> reasons) {
        public Answer {
            reasons = List.copyOf(reasons);
        }
    }

    /** What was heard about one address. */
    private record Heard(
            NameRegions.@Nullable Stated stated,
            ProviderRanges.@Nullable Row range,
            @Nullable String rangeCountry,
            Anycast.@Nullable Known anycast,
            List<Vote> databases) {

        /** All votes, the strongest source first. */
        List<Vote> votes() {
            List<Vote> votes = new ArrayList<>();
            String named = namedCountry();
            if (named != null) {
                votes.add(new Vote("name", named));
            }
            if (range != null && rangeCountry != null) {
                votes.add(new Vote(range.provider(), rangeCountry));
            }
            votes.addAll(databases);
            return votes;
        }

        /** The region in the words of the strongest source that gives one. */
        @Nullable
        String region() {
            if (stated != null && !stated.isArea()) {
                return stated.region();
            }
            if (range != null && !range.isGlobal()) {
                return range.region();
            }
            return stated == null ? null : stated.region();
        }

        /** The country that the name states; null when it states none or an area. */
        @Nullable
        String namedCountry() {
            return stated == null || stated.isArea()
                    ? null
                    : stated.countries().iterator().next();
        }
    }

    /** Where the address answers. */
    public Place place(Question question) {
        return isLocal(question.address())
                ? new Place(State.LOCAL, List.of(), Step.ADDRESS_KIND, null, List.of())
                : decide(hear(question), question.disputed());
    }

    /** Where the address answers, and why; putting the reasons into words costs more than the answer. */
    public Answer find(Question question) {
        IpAddress address = question.address();
        if (isLocal(address)) {
            String kind = address.isPrivate() ? "private" : address.isMulticast() ? "multicast" : "broadcast";
            return new Answer(
                    place(question),
                    List.of(new Reason("the address is " + kind + ", not on the Internet", "RFC 6890")));
        }
        Heard heard = hear(question);
        return new Answer(decide(heard, question.disputed()), reasons(heard, question));
    }

    private static boolean isLocal(IpAddress address) {
        return address.isPrivate() || address.isMulticast() || address.isBroadcast();
    }

    private Heard hear(Question question) {
        ProviderRanges.Row range = ranges.find(question.address());
        List<Vote> votes = new ArrayList<>(databases.size());
        boolean onTheInternet = question.address().isGlobal(); // databases list reserved blocks as well
        for (Database database : databases) {
            String country = onTheInternet ? database.table().find(question.address()) : null;
            if (country != null) {
                votes.add(new Vote(database.id(), country));
            }
        }
        Anycast.Known everywhere = anycast.find(question.address(), question.asn(), question.name(), question.target());
        return new Heard(stated(question), range, country(range), everywhere, votes);
    }

    /** The name's own words, then those of the CNAME target; a single country is better than an area. */
    private NameRegions.@Nullable Stated stated(Question question) {
        NameRegions.Stated byName =
                question.name() == null ? null : nameRegions.find(question.name(), question.cloud());
        if (byName != null && !byName.isArea()) {
            return byName;
        }
        NameRegions.Stated byTarget =
                question.target() == null ? null : nameRegions.find(question.target(), question.cloud());
        return byTarget != null ? byTarget : byName;
    }

    private @Nullable String country(ProviderRanges.@Nullable Row range) {
        if (range == null || range.isGlobal()) {
            return null;
        }
        Regions.Region region = regions.find(range.provider(), range.region());
        return !range.country().isEmpty() ? range.country() : region == null ? null : region.country();
    }

    /** The rule, on what was heard. */
    private static Place decide(Heard heard, boolean disputed) {
        List<Vote> votes = heard.votes();
        List<String> countries =
                List.copyOf(new TreeSet<>(votes.stream().map(Vote::country).toList()));
        String region = heard.region();
        NameRegions.Stated stated = heard.stated();
        String named = heard.namedCountry();
        if (disputed) {
            Step step = named != null
                    ? Step.NAME_REGION
                    : heard.rangeCountry() != null ? Step.PROVIDER_RANGE : Step.NO_AGREEMENT;
            return votes.isEmpty() ? nothing(region) : new Place(State.DISPUTED, countries, step, region, votes);
        }
        if (named != null) {
            return new Place(State.AGREED, List.of(named), Step.NAME_REGION, region, votes);
        }
        if (heard.rangeCountry() != null) {
            return new Place(State.AGREED, List.of(heard.rangeCountry()), Step.PROVIDER_RANGE, region, votes);
        }
        if (heard.anycast() != null || (heard.range() != null && heard.range().isGlobal())) {
            return new Place(State.ANYCAST, List.of(), Step.ANYCAST_NETWORK, region, votes);
        }
        if (votes.isEmpty()) {
            return nothing(region);
        }
        boolean outsideArea = stated != null && !stated.countries().containsAll(countries);
        if (countries.size() > 1 || outsideArea) {
            return new Place(State.DISPUTED, countries, Step.NO_AGREEMENT, region, votes);
        }
        Step step = votes.size() > 1 ? Step.TWO_DATABASES : Step.ONE_DATABASE;
        return new Place(State.AGREED, countries, step, region, votes);
    }

    private static Place nothing(@Nullable String region) {
        return new Place(State.UNKNOWN, List.of(), Step.NOTHING, region, List.of());
    }

    private List<Reason> reasons(Heard heard, Question question) {
        List<Reason> reasons = new ArrayList<>();
        if (question.disputed()) {
            reasons.add(new Reason(
                    "country databases are known to disagree on this network; no single country is named, even when"
                            + " all votes agree",
                    "clouds.yaml"));
        }
        NameRegions.Stated stated = heard.stated();
        if (stated != null && stated.isArea()) {
            reasons.add(new Reason(
                    "'" + stated.word() + "' in the name means the area " + stated.region()
                            + (stated.countries()
                                            .containsAll(heard.databases().stream()
                                                    .map(Vote::country)
                                                    .toList())
                                    ? ", and no database contradicts it"
                                    : ", which a database contradicts"),
                    stated.provenance().toString()));
        } else if (stated != null) {
            reasons.add(new Reason(
                    "region '" + stated.word() + "' in the name lies in " + heard.namedCountry(),
                    stated.provenance().toString()));
        }
        ProviderRanges.Row range = heard.range();
        if (range != null) {
            reasons.add(new Reason(rangeStatement(range, heard.rangeCountry()), range.source()));
        }
        if (heard.anycast() != null) {
            reasons.add(new Reason(
                    "answers from many places: " + heard.anycast().what(),
                    heard.anycast().provenance().toString()));
        }
        reasons.add(
                question.address().isGlobal()
                        ? databaseReason(heard.databases())
                        : new Reason("the address is reserved, no host on the Internet can have it", "RFC 6890"));
        return reasons;
    }

    private static String rangeStatement(ProviderRanges.Row range, @Nullable String country) {
        if (range.isGlobal()) {
            return range.provider() + " publishes the block as answering from everywhere";
        }
        String region = range.provider() + " publishes the block in region " + range.region();
        return country == null
                ? region + ", which the catalogue does not know; it decides nothing"
                : region + ", which lies in " + country;
    }

    private Reason databaseReason(List<Vote> votes) {
        if (databases.isEmpty()) {
            return new Reason("no country database is installed", "observatory geo status");
        }
        String statement = votes.isEmpty()
                ? "no country database knows the address"
                : votes.stream()
                        .map(vote -> vote.source() + " says " + vote.country())
                        .collect(Collectors.joining(", "));
        return new Reason(statement, databases.stream().map(Database::edition).collect(Collectors.joining("; ")));
    }
}
