package observatory.geo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import observatory.geo.address.IpAddress;
import observatory.geo.address.IpPrefix;

/**
 * Writes small databases in MaxMind's format (specification 2.0), so that tests need no data that somebody else owns.
 *
 * <pre>
 *  search tree: nodes of two 24-bit records | 16 zero bytes | data section | "\xab\xcd\xefMaxMind.com" | metadata
 *  record: next node, or number of nodes = nothing, or number of nodes + 16 + offset in the data section
 * </pre>
 */
public final class TinyMmdb {
    private final List<int[]> nodes = new ArrayList<>(List.of(new int[] {NOTHING, NOTHING}));
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final String type;

    private static final int NOTHING = Integer.MAX_VALUE;

    public TinyMmdb(String type) {
        this.type = type;
    }

    /** Adds a network; values are texts, numbers, booleans and maps of them. Wider networks first. */
    public TinyMmdb put(String prefix, Map<String, Object> row) {
        IpPrefix block = IpPrefix.of(prefix);
        IpAddress first = block.first();
        boolean ipv4 = first.isIpv4();
        long low = ipv4 ? Integer.toUnsignedLong(first.ipv4Bits()) : first.low(); // IPv4 lives in ::/96
        int length = ipv4 ? block.length() + 96 : block.length();
        int leaf = -2 - data.size(); // negative: an offset in the data section
        encode(row, data);
        int node = 0;
        for (int bit = 0; bit < length; bit++) {
            int side = (int) ((bit < 64 ? first.high() >>> (63 - bit) : low >>> (127 - bit)) & 1);
            if (bit == length - 1) {
                nodes.get(node)[side] = leaf;
            } else {
                node = next(node, side);
            }
        }
        return this;
    }

    public Path write(Path file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int[] node : nodes) {
            record(node[0], out);
            record(node[1], out);
        }
        out.writeBytes(new byte[16]);
        out.writeBytes(data.toByteArray());
        out.writeBytes(new byte[] {(byte) 0xab, (byte) 0xcd, (byte) 0xef});
        out.writeBytes("MaxMind.com".getBytes(StandardCharsets.US_ASCII));
        Map<String, Object> metadata = new TreeMap<>(Map.of(
                "binary_format_major_version",
                2,
                "binary_format_minor_version",
                0,
                "build_epoch",
                1_780_000_000L,
                "database_type",
                type,
                "description",
                Map.of("en", "made by a test"),
                "ip_version",
                6,
                "languages",
                List.of("en"),
                "node_count",
                (long) nodes.size(),
                "record_size",
                24));
        encode(metadata, out);
        return Files.write(file, out.toByteArray());
    }

    /** The node below a side; what was a leaf there is handed down to both of its sides. */
    private int next(int node, int side) {
        int below = nodes.get(node)[side];
        if (below >= 0 && below != NOTHING) {
            return below;
        }
        nodes.add(new int[] {below, below});
        nodes.get(node)[side] = nodes.size() - 1;
        return nodes.size() - 1;
    }

    private void record(int value, ByteArrayOutputStream out) {
        int stored = value == NOTHING ? nodes.size() : value >= 0 ? value : nodes.size() + 16 + (-2 - value);
        out.write(stored >>> 16);
        out.write(stored >>> 8);
        out.write(stored);
    }

    private static void encode(Object value, ByteArrayOutputStream out) {
        switch (value) {
            case String text -> {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                out.write(2 << 5 | Math.min(29, bytes.length));
                if (bytes.length >= 29) {
                    out.write(bytes.length - 29);
                }
                out.writeBytes(bytes);
            }
            case Boolean flag -> {
                out.write(flag ? 1 : 0);
                out.write(14 - 7);
            }
            case Integer number -> {
                out.write(5 << 5 | 2);
                out.write(number >>> 8);
                out.write(number);
            }
            case Long number -> {
                out.write(6 << 5 | 4);
                for (int shift = 24; shift >= 0; shift -= 8) {
                    out.write((int) (number >>> shift));
                }
            }
            case Map<?, ?> map -> {
                out.write(7 << 5 | map.size());
                map.forEach((key, item) -> {
                    encode(key, out);
                    encode(item, out);
                });
            }
            case List<?> list -> {
                out.write(list.size());
                out.write(11 - 7);
                list.forEach(item -> encode(item, out));
            }
            default -> throw new IllegalArgumentException("cannot write " + value);
        }
    }
}
