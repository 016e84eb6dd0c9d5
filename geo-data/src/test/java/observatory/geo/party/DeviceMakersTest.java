package observatory.geo.party;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import observatory.geo.InstalledData;
import observatory.geo.catalogue.CatalogueFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceMakersTest {
    @TempDir
    Path folder;

    private DeviceMakers makers = DeviceMakers.EMPTY;

    @BeforeEach
    void readASmallRegistry() throws IOException {
        Path file = Files.writeString(folder.resolve("index.json"), """
                {"805EC0": "YEALINK(XIAMEN) NETWORK TECHNOLOGY CO.,LTD.\\nXiamen\\nChina",
                 "70B3D5": "IEEE Registration Authority",
                 "70B3D51": "Middle Ltd",
                 "70B3D5123": "Small Ltd\\nTown",
                 "64167F": "Polycom", "AABBCC": "Polyester Works", "junk": "x"}""");
        makers = DeviceMakers.readFrom(DeviceMakers.readJson(file).toBytes())
                .withShortNames(CatalogueFile.read(InstalledData.catalogue().resolve("makers.yaml")));
    }

    @Test
    void theLongestPrefixDecides() {
        assertThat(makers.of("70:b3:d5:12:34:56")).contains(new DeviceMaker("Small Ltd", "Small Ltd", "70B3D5123"));
        assertThat(makers.of("70:b3:d5:1f:34:56")).contains(new DeviceMaker("Middle Ltd", "Middle Ltd", "70B3D51"));
        assertThat(makers.of("70:b3:d5:f0:00:00").map(DeviceMaker::prefix)).contains("70B3D5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"80:5e:c0:01:02:03", "80-5E-C0-01-02-03", "805ec0010203", "805e.c001.0203"})
    void everyUsualSpellingIsRead(String mac) {
        assertThat(makers.of(mac).map(DeviceMaker::name)).contains("Yealink");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "80:5e:c0", "80:5e:c0:01:02:0g", "80:5e:c0:01:02:03:04", "805ec0/010203"})
    void anythingElseHasNoMaker(String mac) {
        assertThat(makers.of(mac)).isEmpty();
    }

    @Test
    void aMakerIsFoundByTheWordsThatDevicesUse() {
        assertThat(makers.named("Polycom")).contains("Poly");
        assertThat(makers.named("snom")).contains("Snom");
        assertThat(makers.named("HTEK")).contains("Htek");
        assertThat(makers.named("udhcp")).isEmpty();
        assertThat(makers.named("MSFT")).isEmpty();
    }

    @Test
    void aMadeUpAddressHasNoMaker() {
        assertThat(makers.of("82:5e:c0:01:02:03")).isEmpty();
        assertThat(makers.of("01:00:5e:00:00:01")).isEmpty();
        assertThat(makers.of((String) null)).isEmpty();
    }

    @Test
    void aShortNameNeedsTheWholeWord() {
        assertThat(makers.of("64:16:7f:00:00:01").map(DeviceMaker::name)).contains("Poly");
        assertThat(makers.of("a8:bb:cc:00:00:01")).isEmpty();
        assertThat(makers.of("aabbcc000001")).isEmpty(); // bit 1 of 0xaa is set: made up
    }

    @ParameterizedTest
    @CsvSource({
        "001565, Yealink",
        "249AD8, Yealink",
        "3497D7, Yealink",
        "44DBD2, Yealink",
        "644F56, Yealink",
        "805E0C, Yealink",
        "B061A9, Yealink",
        "C4FC22, Yealink",
        "EC1DA9, Yealink",
        "F01653, Yealink",
        "0004F2, Poly",
        "482567, Poly",
        "000B82, Grandstream",
        "C074AD, Grandstream",
        "000413, Snom",
        "0C383E, Fanvil",
        "7C2F80, Gigaset",
        "08000F, Mitel",
        "0010BC, Mitel",
        "001AE8, Unify",
        "00908F, AudioCodes",
        "001FC1, Htek",
        "80C2F0, Yeastar",
        "0C1105, Akuvox",
        "00268B, Escene",
        "789912, Flyingvoice",
        "9CADEF, Obihai",
        "00907A, Spectralink",
        "000952, Auerswald",
        "009033, innovaphone"
    })
    void phoneMakersOfTheRealRegistryHaveTheirShortNames(String prefix, String name) {
        assertThat(InstalledData.snapshot().makers().of(prefix + "000001").map(DeviceMaker::name))
                .contains(name);
    }

    @Test
    void aFalseFriendIsNotAPhoneMaker() {
        assertThat(InstalledData.snapshot().makers().of("000466000001").map(DeviceMaker::name))
                .isPresent()
                .get()
                .isNotEqualTo("Mitel");
    }
}
