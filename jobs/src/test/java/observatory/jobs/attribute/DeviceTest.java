package observatory.jobs.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import observatory.geo.address.IpAddress;
import observatory.ingest.observation.DeviceSighting;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {
    private static final Makers MAKERS = new Makers() {
        @Override
        public @Nullable String makerOf(String mac) {
            return mac.startsWith("00-15-65") ? "Yealink" : mac.startsWith("00-04-13") ? "Snom" : null;
        }

        @Override
        public @Nullable String makerNamed(String word) {
            return switch (word) {
                case "Yealink" -> "Yealink";
                case "Polycom" -> "Poly";
                default -> null;
            };
        }
    };
    private static final Device UNKNOWN = Device.ofAddress("zurich", "10.0.0.5", 1_000);

    @Test
    void withoutALeaseADeviceIsItsSiteAndAddress() {
        assertThat(UNKNOWN.key()).isEqualTo("zurich|10.0.0.5");
        assertThat(UNKNOWN.cohort()).isEmpty();
    }

    @Test
    void aLeaseTellsMacModelAndFirmware() {
        Device device = UNKNOWN.sighted(lease("00-15-65-AA-BB-CC", "Yealink SIP-T54W 96.86.0.70", 2_000), MAKERS);

        assertThat(device.key()).isEqualTo("00-15-65-AA-BB-CC");
        assertThat(device.cohort()).isEqualTo("Yealink SIP-T54W 96.86.0.70");
        assertThat(device.firstSeenMillis()).isEqualTo(2_000);
    }

    @Test
    void anotherMacAtTheSameAddressIsAnotherDevice() {
        Device first = UNKNOWN.sighted(lease("00-15-65-AA-BB-CC", "Yealink SIP-T54W 96.86.0.70", 2_000), MAKERS);
        Device second = first.sighted(lease("00-04-13-00-00-01", null, 9_000), MAKERS);

        assertThat(second.key()).isEqualTo("00-04-13-00-00-01");
        assertThat(second.model()).isNull();
        assertThat(second.maker()).isEqualTo("Snom");
        assertThat(second.firstSeenMillis()).isEqualTo(9_000);
    }

    @Test
    void newFirmwareIsAnotherCohortOfTheSameDevice() {
        Device before = UNKNOWN.sighted(lease("00-15-65-AA-BB-CC", "Yealink SIP-T54W 96.86.0.70", 2_000), MAKERS);
        Device after = before.sighted(lease("00-15-65-AA-BB-CC", "Yealink SIP-T54W 96.87.0.15", 5_000), MAKERS);

        assertThat(after.key()).isEqualTo(before.key());
        assertThat(after.cohort()).isNotEqualTo(before.cohort());
        assertThat(after.firstSeenMillis()).isEqualTo(before.firstSeenMillis());
    }

    @Test
    void aVendorClassOfAnotherShapeTellsNothing() {
        assertThat(VendorClass.parse("Yealink SIP-T54W 96.86.0.70; rm -rf", MAKERS)
                        .model())
                .isNull();
        assertThat(VendorClass.parse(null, MAKERS).maker()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"udhcp 1.15.2", "MSFT 5.0", "dhcpcd 5.5.6"})
    void aDhcpClientIsNoMaker(String vendorClass) {
        Device device = UNKNOWN.sighted(lease("00-15-65-AA-BB-CC", vendorClass, 2_000), MAKERS);

        assertThat(device.maker()).isEqualTo("Yealink");
        assertThat(device.model()).isNull();
        assertThat(device.firmware()).isNull();
    }

    @Test
    void aMakerHasTheShortNameWhicheverWayItIsTold() {
        Device byClass = UNKNOWN.sighted(lease("00-04-F2-AA-BB-CC", "Polycom VVX 6.3.0", 2_000), MAKERS);
        Device byAgent = UNKNOWN.sighted(agent("Polycom", "VVX", "6.3.0"), MAKERS);

        assertThat(byClass.cohort()).isEqualTo("Poly VVX 6.3.0");
        assertThat(byAgent.cohort()).isEqualTo(byClass.cohort());
        assertThat(UNKNOWN.sighted(agent(null, "SIP-T54W", "96.86"), MAKERS).cohort())
                .isEqualTo("SIP-T54W 96.86");
    }

    @Test
    void aLeaseThatTellsLessThanTheUserAgentTakesNothingBack() {
        Device leased = UNKNOWN.sighted(lease("00-15-65-AA-BB-CC", null, 2_000), MAKERS);
        Device spoken = leased.sighted(agent("Rebrand", "R1", "1.2"), MAKERS);

        assertThat(spoken.sighted(lease("00-15-65-AA-BB-CC", null, 9_000), MAKERS)
                        .cohort())
                .isEqualTo("Rebrand R1 1.2");
    }

    @Test
    void anAddressThatWasGivenBackIsNobodys() {
        Device leased = UNKNOWN.sighted(lease("00-15-65-AA-BB-CC", null, 2_000), MAKERS);

        Device after = leased.sighted(
                DeviceSighting.lease(
                        "dhcp",
                        "zurich",
                        "kea",
                        9_000_000_000L,
                        IpAddress.of("10.0.0.5"),
                        "00-15-65-AA-BB-CC",
                        null,
                        null,
                        0),
                MAKERS);

        assertThat(after.mac()).isNull();
        assertThat(after.key()).isEqualTo("zurich|10.0.0.5");
    }

    @Test
    void theInventoryAddsWhatTheDeviceDoesNotSay() {
        Inventory inventory = new Inventory(
                Map.of("00-15-65-AA-BB-CC", new Inventory.Entry(null, "SIP-T54W", "96.80", "reception", "Jane Doe")));
        Device leased = UNKNOWN.sighted(lease("00-15-65-AA-BB-CC", "Yealink SIP-T54W 96.86.0.70", 2_000), MAKERS);

        Device listed = leased.listed(inventory.of(leased.mac()));

        assertThat(listed.group()).isEqualTo("reception");
        assertThat(listed.owner()).isEqualTo("Jane Doe");
        assertThat(listed.firmware()).isEqualTo("96.86.0.70");
        assertThat(UNKNOWN.listed(inventory.of(UNKNOWN.mac()))).isSameAs(UNKNOWN);
    }

    private static DeviceSighting lease(String mac, @Nullable String vendorClass, long millis) {
        return DeviceSighting.lease(
                "sensor", "zurich", "zeek", millis * 1_000_000, IpAddress.of("10.0.0.5"), mac, null, vendorClass, 3600);
    }

    private static DeviceSighting agent(@Nullable String maker, String model, String firmware) {
        return DeviceSighting.agent(
                "sensor", "zurich", "zeek", 5_000_000_000L, IpAddress.of("10.0.0.5"), null, maker, model, firmware);
    }
}
