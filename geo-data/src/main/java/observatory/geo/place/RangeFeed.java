package observatory.geo.place;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import observatory.geo.address.IpPrefix;
import org.jspecify.annotations.Nullable;

/**
 * One file in which a cloud provider publishes its address blocks with their regions. The form tells the provider:
 *
 * <ul>
 *   <li>AWS {@code ip-ranges.json}: {@code syncToken}, {@code prefixes[].ip_prefix|region|service}
 *   <li>Azure "Service Tags - Public": {@code changeNumber}, {@code values[].properties.region|addressPrefixes}
 *   <li>Google {@code cloud.json}: {@code prefixes[].ipv4Prefix|ipv6Prefix|scope}
 *   <li>Oracle {@code public_ip_ranges.json}: {@code regions[].region|cidrs[].cidr}
 * </ul>
 *
 * @param provider {@code aws}, {@code azure}, {@code gcp}, {@code oracle}
 * @param edition the provider's own number or time of the file
 * @param date day of the edition; null when the file does not say
 * @param blocks the blocks; a region that is empty answers from everywhere
 */
public record RangeFeed(
        String provider, String edition, @Nullable LocalDate date, List<Block> blocks) {
    /** A file larger than this is none of the known ones; the largest, Azure's, has about 5 MB. */
    private static final long LARGEST = 64L << 20;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern DAY = Pattern.compile("(20[0-9]{2})-?([01][0-9])-?([0-3][0-9])");
    private static final List<String> GLOBAL = List.of("", "global", "GLOBAL");

    public RangeFeed {
        blocks = List.copyOf(blocks);
    }

    /** A block and its region. */
    public record Block(IpPrefix prefix, String region) {}

    /**
     * Reads one file.
     *
     * @throws IOException when it cannot be read or has none of the known forms
     */
    public static RangeFeed read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is larger than any known range file");
        }
        JsonNode root = JSON.readTree(file.toFile());
        String name = file.getFileName().toString();
        if (root.path("syncToken").isValueNode()
                && root.path("prefixes").path(0).has("ip_prefix")) {
            return aws(root);
        }
        if (root.path("values").path(0).path("properties").has("addressPrefixes")) {
            return azure(root, name);
        }
        if (root.path("prefixes").path(0).has("scope")) {
            return google(root);
        }
        if (root.path("regions").path(0).has("cidrs")) {
            return oracle(root);
        }
        throw new IOException(file + " is no range file of AWS, Azure, Google Cloud or Oracle Cloud");
    }

    private static RangeFeed aws(JsonNode root) {
        List<Block> blocks = new ArrayList<>();
        root.path("prefixes").forEach(item -> add(blocks, item.path("ip_prefix"), item.path("region")));
        root.path("ipv6_prefixes").forEach(item -> add(blocks, item.path("ipv6_prefix"), item.path("region")));
        String created = root.path("createDate").asText();
        return new RangeFeed("aws", root.path("syncToken").asText(), day(created), blocks);
    }

    /** Regional tags first; Front Door answers from everywhere and overrides the region of an equal block. */
    private static RangeFeed azure(JsonNode root, String name) {
        List<Block> blocks = new ArrayList<>();
        for (JsonNode tag : root.path("values")) {
            JsonNode properties = tag.path("properties");
            boolean regional = tag.path("name").asText().startsWith("AzureCloud.");
            if (regional && !properties.path("region").asText().isEmpty()) {
                properties.path("addressPrefixes").forEach(block -> add(blocks, block, properties.path("region")));
            }
        }
        for (JsonNode tag : root.path("values")) {
            JsonNode properties = tag.path("properties");
            if (tag.path("name").asText().startsWith("AzureFrontDoor.")) {
                properties.path("addressPrefixes").forEach(block -> add(blocks, block, properties.path("region")));
            }
        }
        return new RangeFeed("azure", root.path("changeNumber").asText(), day(name), blocks);
    }

    private static RangeFeed google(JsonNode root) {
        List<Block> blocks = new ArrayList<>();
        for (JsonNode item : root.path("prefixes")) {
            add(blocks, item.has("ipv4Prefix") ? item.path("ipv4Prefix") : item.path("ipv6Prefix"), item.path("scope"));
        }
        String created = root.path("creationTime").asText();
        return new RangeFeed("gcp", root.path("syncToken").asText(), day(created), blocks);
    }

    private static RangeFeed oracle(JsonNode root) {
        List<Block> blocks = new ArrayList<>();
        for (JsonNode region : root.path("regions")) {
            region.path("cidrs").forEach(item -> add(blocks, item.path("cidr"), region.path("region")));
        }
        String updated = root.path("last_updated_timestamp").asText();
        return new RangeFeed("oracle", updated, day(updated), blocks);
    }

    private static void add(List<Block> blocks, JsonNode prefix, JsonNode region) {
        IpPrefix block = IpPrefix.parse(prefix.asText());
        if (block != null) {
            blocks.add(new Block(block, GLOBAL.contains(region.asText()) ? "" : region.asText()));
        }
    }

    private static @Nullable LocalDate day(String text) {
        Matcher matcher = DAY.matcher(text);
        try {
            return matcher.find()
                    ? LocalDate.of(
                            Integer.parseInt(matcher.group(1)),
                            Integer.parseInt(matcher.group(2)),
                            Integer.parseInt(matcher.group(3)))
                    : null;
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }
}
