package observatory.geo.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forms are those of the providers' files of July 2025; the blocks are a handful of theirs. */
class RangeFeedTest {
    @TempDir
    Path folder;

    @Test
    void amazonsFileIsRead() throws IOException {
        RangeFeed feed = feed("ip-ranges.json", """
                {"syncToken": "1753400000", "createDate": "2025-07-24-19-43-08",
                 "prefixes": [
                   {"ip_prefix": "3.120.0.0/14", "region": "eu-central-1", "service": "EC2", "network_border_group": "eu-central-1"},
                   {"ip_prefix": "13.32.0.0/15", "region": "GLOBAL", "service": "CLOUDFRONT", "network_border_group": "GLOBAL"}],
                 "ipv6_prefixes": [{"ipv6_prefix": "2a05:d014::/36", "region": "eu-central-1", "service": "EC2"}]}""");

        assertThat(feed.provider()).isEqualTo("aws");
        assertThat(feed.date()).isEqualTo(LocalDate.of(2025, 7, 24));
        assertThat(feed.blocks())
                .extracting(block -> block.prefix() + " " + block.region())
                .containsExactly("3.120.0.0/14 eu-central-1", "13.32.0.0/15 ", "2a05:d014::/36 eu-central-1");
    }

    @Test
    void azuresFileIsReadByRegionWithFrontDoorLast() throws IOException {
        RangeFeed feed = feed("ServiceTags_Public_20250721.json", """
                {"changeNumber": 372, "cloud": "Public", "values": [
                  {"name": "AzureFrontDoor.Frontend", "properties": {"region": "", "addressPrefixes": ["13.107.246.0/24"]}},
                  {"name": "ActionGroup", "properties": {"region": "", "addressPrefixes": ["4.145.74.52/30"]}},
                  {"name": "AzureCloud.germanywc", "properties": {"region": "germanywc", "addressPrefixes": ["20.52.0.0/17", "13.107.246.0/24"]}}]}""");

        assertThat(feed.edition()).isEqualTo("372");
        assertThat(feed.date()).isEqualTo(LocalDate.of(2025, 7, 21));
        assertThat(feed.blocks())
                .extracting(block -> block.prefix() + " " + block.region())
                .containsExactly("20.52.0.0/17 germanywc", "13.107.246.0/24 germanywc", "13.107.246.0/24 ");
    }

    @Test
    void googlesFileIsRead() throws IOException {
        RangeFeed feed = feed("cloud.json", """
                {"syncToken": "1753388", "creationTime": "2025-07-24T13:05:28.77", "prefixes": [
                  {"ipv4Prefix": "34.89.128.0/17", "service": "Google Cloud", "scope": "europe-west3"},
                  {"ipv6Prefix": "2600:1901::/48", "service": "Google Cloud", "scope": "global"}]}""");

        assertThat(feed.blocks())
                .extracting(block -> block.prefix() + " " + block.region())
                .containsExactly("34.89.128.0/17 europe-west3", "2600:1901::/48 ");
    }

    @Test
    void oraclesFileIsRead() throws IOException {
        RangeFeed feed = feed("public_ip_ranges.json", """
                {"last_updated_timestamp": "2025-07-22T17:27:06.352311", "regions": [
                  {"region": "eu-frankfurt-1", "cidrs": [{"cidr": "130.61.0.0/16", "tags": ["OCI"]}, {"cidr": "rubbish", "tags": []}]}]}""");

        assertThat(feed.provider()).isEqualTo("oracle");
        assertThat(feed.date()).isEqualTo(LocalDate.of(2025, 7, 22));
        assertThat(feed.blocks())
                .extracting(block -> block.prefix() + " " + block.region())
                .containsExactly("130.61.0.0/16 eu-frankfurt-1");
    }

    @Test
    void anythingElseIsOneClearLine() {
        assertThatThrownBy(() -> feed("other.json", "{\"a\": 1}"))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("other.json is no range file of AWS, Azure, Google Cloud or Oracle Cloud");
        assertThatThrownBy(() -> feed("broken.json", "{")).isInstanceOf(IOException.class);
    }

    private RangeFeed feed(String name, String json) throws IOException {
        return RangeFeed.read(Files.writeString(folder.resolve(name), json));
    }
}
