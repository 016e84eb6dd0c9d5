package observatory.geo.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import observatory.geo.InstalledData;
import observatory.geo.address.IpAddress;
import observatory.geo.catalogue.CatalogueFile;
import observatory.geo.name.DomainName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceCatalogueTest {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final ServiceCatalogue CATALOGUE = ServiceCatalogue.read(
            CatalogueFile.read(InstalledData.catalogue().resolve("services.yaml")),
            Operators.read(CatalogueFile.read(InstalledData.catalogue().resolve("operators.yaml"))));

    @ParameterizedTest
    @CsvSource({
        "rps.yealink.com, Yealink/RPS",
        "rpscloud.yealink.com, Yealink/RPS",
        "eu-api.ymcs.yealink.com, Yealink/YMCS",
        "anything.ymcs.yealink.com, Yealink/YMCS",
        "device.ymcs.yealink.com.cn, Yealink/YMCS China",
        "unheard-of.yealink.com, Yealink/Other",
        "cn.pool.ntp.org, Yealink/NTP default",
        "2.de.pool.ntp.org, NTP Pool/NTP",
        "sudirenewal.cisco.com, Cisco/SUDI renewal",
        "cloudupgrader.webex.com, Cisco/Webex upgrade",
        "x.webex.com, Cisco/Webex",
        "yp.s3.ringcentral.com, RingCentral/Firmware",
        "yp.ringcentral.com, RingCentral/Provisioning",
        "sip.ringcentral.com, RingCentral/Service",
        "mmrprodemeaiot.azure-devices.net, Microsoft/Teams Rooms Pro",
        "lens-iot-prod-iothub3-eastus2.azure-devices.net, Poly/Lens IoT hub",
        "somebody.azure-devices.net, none",
        "example.org, none",
    })
    void aNameFindsItsService(String name, String service) {
        assertThat(key(CATALOGUE.find(DomainName.of(name), null, IpAddress.of("192.0.2.1"), 0, 443, TCP)))
                .isEqualTo(service);
    }

    @ParameterizedTest
    @CsvSource({
        "52.113.5.5, 8075, 3479, 17, Microsoft/Teams media",
        "52.113.5.5, 8075, 443, 6, Microsoft/Teams",
        "52.113.5.5, 8075, 3479, 6, Microsoft/Teams",
        "170.114.1.1, 30103, 30000, 17, Zoom/Phone media",
        "170.114.1.1, 30103, 5091, 6, Zoom/Phone",
        "66.81.240.9, 40627, 5096, 6, RingCentral/SIP",
        "66.81.240.9, 40627, 636, 6, RingCentral/Directory",
        "66.81.240.9, 40627, 30000, 17, RingCentral/Media",
        "66.81.240.9, 40627, 443, 6, RingCentral/Service",
        "192.0.2.1, 13445, 9000, 17, Cisco/Webex media",
        "192.0.2.1, 13445, 443, 6, Cisco/Webex",
        "168.86.191.255, 394434, 12345, 17, Twilio/Media",
        "224.0.1.75, 0, 5060, 17, Yealink/PnP",
        "8.8.8.8, 15169, 53, 17, Google/Public DNS",
        "8.8.8.9, 15169, 53, 17, none",
    })
    void withoutANameBlockAsAndPortDecide(String address, long asn, int port, int protocol, String service) {
        assertThat(key(CATALOGUE.find(null, null, IpAddress.of(address), asn, port, protocol)))
                .isEqualTo(service);
    }

    @Test
    void theNameIsStrongerThanTheTargetAndTheTargetStrongerThanTheAddress() {
        DomainName own = DomainName.of("phones.example.org");
        DomainName target = DomainName.of("yp.ringcentral.com");
        IpAddress teams = IpAddress.of("52.113.5.5");

        ServiceMatch byTarget = CATALOGUE.find(own, target, teams, 8075, 443, TCP);
        assertThat(key(byTarget)).isEqualTo("RingCentral/Provisioning");
        assertThat(byTarget).extracting(ServiceMatch::kind).isEqualTo(ServiceMatch.Kind.TARGET);
        assertThat(key(CATALOGUE.find(DomainName.of("rps.yealink.com"), target, teams, 8075, 443, TCP)))
                .isEqualTo("Yealink/RPS");
        assertThat(key(CATALOGUE.find(own, null, teams, 8075, 443, TCP))).isEqualTo("Microsoft/Teams");
    }

    @Test
    void portsThatNoEntryTellsApartShareAClass() {
        for (IpAddress address : new IpAddress[] {IpAddress.of("66.81.240.9"), IpAddress.of("52.113.5.5")}) {
            for (int protocol : new int[] {TCP, UDP, 1}) {
                String[] byClass = new String[200];
                for (int port = 0; port <= 0xffff; port++) {
                    int portClass = CATALOGUE.portClass(protocol, port);
                    String service = key(CATALOGUE.find(null, null, address, 0, port, protocol));
                    assertThat(byClass[portClass] == null || byClass[portClass].equals(service))
                            .as("port %d", port)
                            .isTrue();
                    byClass[portClass] = service;
                }
            }
        }
    }

    @Test
    void anEntryThatCannotBeUsedIsNamedWithItsLine() {
        assertThatThrownBy(() -> read("purpose: snooping"))
                .hasMessage("services.yaml, entry at line 2: unknown purpose 'snooping'");
        assertThatThrownBy(() -> read("purpose: time\n    port: [UDP 123]")).hasMessageContaining("unknown key 'port'");
        assertThatThrownBy(() -> read("purpose: time\n    ports: [SCTP 5]"))
                .hasMessageContaining("'SCTP 5' in 'ports' is not of the form TCP 443");
    }

    private static void read(String line) {
        String text =
                "services:\n  - vendor: Acme\n    name: Thing\n    operator: \"\"\n    what: a thing\n    hosts: [a.example]\n"
                        + "    hosting: \"\"\n    grade: D\n    source: none\n    date: 2026-11-22\n    " + line + "\n";
        ServiceCatalogue.read(
                CatalogueFile.parse("services.yaml", text),
                Operators.read(CatalogueFile.parse("operators.yaml", "operators: []")));
    }

    private static String key(@Nullable ServiceMatch match) {
        return match == null ? "none" : match.entry().service().key();
    }
}
