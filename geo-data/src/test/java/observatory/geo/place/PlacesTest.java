package observatory.geo.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import observatory.geo.InstalledData;
import observatory.geo.address.IpAddress;
import observatory.geo.address.IpPrefix;
import observatory.geo.address.RangeTable;
import observatory.geo.catalogue.CatalogueFile;
import observatory.geo.name.DomainName;
import observatory.geo.place.Place.State;
import observatory.geo.place.Place.Step;
import observatory.geo.place.Place.Vote;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacesTest {
    private static final Regions REGIONS = Regions.read(file("regions.yaml"));
    private static final NameRegions NAMES = NameRegions.read(file("name-regions.yaml"), REGIONS);

    private final Places places = new Places(
            List.of(
                    database("one", "1.0.0.0/8", "DE", "2.0.0.0/8", "DE", "3.0.0.0/8", "DE"),
                    database("two", "1.0.0.0/8", "DE", "2.0.0.0/8", "US", "8.8.8.0/24", "US")),
            NAMES,
            REGIONS,
            new ProviderRanges.Builder()
                    .add(IpPrefix.of("2.1.0.0/16"), new ProviderRanges.Row("aws", "eu-west-1", "", "aws-ranges 1"))
                    .add(IpPrefix.of("1.9.0.0/16"), new ProviderRanges.Row("aws", "", "", "aws-ranges 1"))
                    .add(IpPrefix.of("1.8.0.0/16"), new ProviderRanges.Row("aws", "zz-moon-1", "", "aws-ranges 1"))
                    .build(),
            Anycast.read(file("anycast.yaml")));

    @Test
    void twoDatabasesThatAgreeNameACountry() {
        Place place = find("1.1.1.1", null);
        assertThat(place)
                .isEqualTo(new Place(
                        State.AGREED,
                        List.of("DE"),
                        Step.TWO_DATABASES,
                        null,
                        List.of(new Vote("one", "DE"), new Vote("two", "DE"))));
    }

    @Test
    void oneDatabaseNamesACountryWithAWeakerStep() {
        assertThat(find("3.1.1.1", null))
                .extracting(Place::state, Place::countries, Place::step)
                .containsExactly(State.AGREED, List.of("DE"), Step.ONE_DATABASE);
    }

    @Test
    void databasesThatDisagreeLeaveASetWithVotes() {
        Place place = find("2.2.2.2", null);
        assertThat(place)
                .extracting(Place::state, Place::countries, Place::step)
                .containsExactly(State.DISPUTED, List.of("DE", "US"), Step.NO_AGREEMENT);
        assertThat(place.votes()).containsExactly(new Vote("one", "DE"), new Vote("two", "US"));
    }

    @Test
    void thePublishedRangeDecidesBeforeDatabasesAndKeepsTheirVotes() {
        Place place = find("2.1.0.1", null);
        assertThat(place)
                .extracting(Place::state, Place::countries, Place::step, Place::region)
                .containsExactly(State.AGREED, List.of("IE"), Step.PROVIDER_RANGE, "eu-west-1");
        assertThat(place.votes()).hasSize(3).first().isEqualTo(new Vote("aws", "IE"));
    }

    @Test
    void aRegionInTheNameDecidesBeforeThePublishedRange() {
        assertThat(find("2.1.0.1", "lb.eu-central-1.elb.amazonaws.com"))
                .extracting(Place::countries, Place::step, Place::region)
                .containsExactly(List.of("DE"), Step.NAME_REGION, "eu-central-1");
    }

    @Test
    void aRangeWithoutRegionIsAnycastAndAnUnknownRegionDecidesNothing() {
        assertThat(find("1.9.0.1", null).state()).isEqualTo(State.ANYCAST);
        assertThat(find("1.8.0.1", null))
                .extracting(Place::step, Place::region)
                .containsExactly(Step.TWO_DATABASES, "zz-moon-1");
    }

    @Test
    void whatAnswersFromEverywhereHasNoCountry() {
        assertThat(find("8.8.8.8", null))
                .extracting(Place::state, Place::countries, Place::step)
                .containsExactly(State.ANYCAST, List.of(), Step.ANYCAST_NETWORK);
        assertThat(find("1.1.1.1", "d1.cloudfront.net").state()).isEqualTo(State.ANYCAST);
        assertThat(places.find(question("1.1.1.1", null, 13335, "cloudflare", false))
                        .place()
                        .state())
                .isEqualTo(State.ANYCAST);
    }

    @Test
    void disputedNetworksNeverGetOneCountry() {
        Place agreeing =
                places.find(question("1.1.1.1", null, 37963, "alibaba", true)).place();
        assertThat(agreeing.state()).isEqualTo(State.DISPUTED);
        assertThat(agreeing.votes()).hasSize(2);
        Place named = places.find(question("1.1.1.1", "b.oss-ap-southeast-3.aliyuncs.com", 45102, "alibaba", true))
                .place();
        assertThat(named)
                .extracting(Place::state, Place::countries, Place::step, Place::region)
                .containsExactly(State.DISPUTED, List.of("DE", "MY"), Step.NAME_REGION, "ap-southeast-3");
    }

    @Test
    void anAreaInTheNameConfirmsOrContradictsButNeverDecides() {
        assertThat(find("1.1.1.1", "eu-api.ymcs.yealink.com"))
                .extracting(Place::state, Place::countries, Place::step, Place::region)
                .containsExactly(State.AGREED, List.of("DE"), Step.TWO_DATABASES, "eu");
        assertThat(find("1.1.1.1", "mmrprodapaciot.azure-devices.net"))
                .extracting(Place::state, Place::countries, Place::step, Place::region)
                .containsExactly(State.DISPUTED, List.of("DE"), Step.NO_AGREEMENT, "apac");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, LOCAL",
        "224.0.1.75, LOCAL",
        "255.255.255.255, LOCAL",
        "203.0.113.1, UNKNOWN",
        "9.0.0.1, UNKNOWN"
    })
    void whatIsNotOnTheInternetOrInNoTableHasNoCountry(String address, State state) {
        assertThat(find(address, null))
                .extracting(Place::state, Place::countries)
                .containsExactly(state, List.of());
    }

    @Test
    void aNameStatesItsRegionAlsoWhereTheAddressIsReserved() {
        assertThat(find("100::", "lb.eu-central-1.elb.amazonaws.com"))
                .extracting(Place::state, Place::countries, Place::step)
                .containsExactly(State.AGREED, List.of("DE"), Step.NAME_REGION);
    }

    @ParameterizedTest
    @CsvSource({
        "ec2-3-120-0-1.eu-central-1.compute.amazonaws.com, '', DE, eu-central-1",
        "s3-eu-west-1.amazonaws.com, '', IE, eu-west-1",
        "x.northeurope.cloudapp.azure.com, '', IE, northeurope",
        "lens-iot-prod-iothub-eastus2.azure-devices.net, '', US, eastus2",
        "b.oss-cn-hangzhou.aliyuncs.com, '', CN, cn-hangzhou",
        "b.oss-eu-west-1-internal.aliyuncs.com, '', GB, eu-west-1",
        "acme.sip.frankfurt.twilio.com, '', DE, frankfurt",
        "chunder.frankfurt-ix.twilio.com, '', DE, frankfurt-ix",
        "us-api.ymcs.yealink.com, '', US, us-api",
        "yl-us-dmfile.yealinkops.com, '', US, yl-us-dmfile",
        "api.eu-west-1.vendor.example, aws, IE, eu-west-1",
        "api.eu-west-1.vendor.example, alibaba, GB, eu-west-1",
        "edge-star-shv-01-fra3.facebook.com, '', none, none",
        "xx-fra.facebook.com, '', DE, fra",
        "api.eu-west-1.vendor.example, '', none, none",
        "eastus2.example.org, '', none, none",
        "amazonaws.com, '', none, none",
        "eu-central-1amazonaws.com, '', none, none",
    })
    void regionsAreReadFromNames(String name, String cloud, String country, String word) {
        NameRegions.Stated stated = NAMES.find(DomainName.of(name), cloud);
        assertThat(stated == null ? "none" : String.join(",", stated.countries()))
                .isEqualTo(country);
        assertThat(stated == null ? "none" : stated.word()).isEqualTo(word);
    }

    @Test
    void everyAnswerHasReasonsWithSources() {
        Places.Answer answer = places.find(question("2.1.0.1", "lb.eu-central-1.elb.amazonaws.com", 0, "", false));
        assertThat(answer.reasons()).hasSize(3).allSatisfy(reason -> {
            assertThat(reason.statement()).isNotBlank();
            assertThat(reason.source()).isNotBlank();
        });
        assertThat(answer.reasons().getLast().statement()).isEqualTo("one says DE, two says US");
    }

    private Place find(String address, @Nullable String name) {
        return places.find(question(address, name, 0, "", false)).place();
    }

    private static Places.Question question(
            String address, @Nullable String name, long asn, String cloud, boolean disputed) {
        return new Places.Question(
                IpAddress.of(address), name == null ? null : DomainName.of(name), null, asn, cloud, disputed);
    }

    private static Places.Database database(String id, String... rows) {
        RangeTable.Builder table = new RangeTable.Builder();
        for (int i = 0; i < rows.length; i += 2) {
            table.add(IpPrefix.of(rows[i]), CountryTable.number(rows[i + 1]));
        }
        return new Places.Database(id, id + " 1", new CountryTable(table.build()));
    }

    private static CatalogueFile file(String name) {
        return CatalogueFile.read(InstalledData.catalogue().resolve(name));
    }
}
