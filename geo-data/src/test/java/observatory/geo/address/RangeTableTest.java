package observatory.geo.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeTableTest {

    private record Block(IpPrefix prefix, int value) {}

    @Test
    void theLongestBlockDecides() {
        RangeTable table = new RangeTable.Builder()
                .add(IpPrefix.of("10.0.0.0/8"), 1)
                .add(IpPrefix.of("10.1.0.0/16"), 2)
                .add(IpPrefix.of("10.1.2.0/24"), 3)
                .build();

        assertThat(table.find(IpAddress.of("10.0.0.1"))).isEqualTo(1);
        assertThat(table.find(IpAddress.of("10.1.1.1"))).isEqualTo(2);
        assertThat(table.find(IpAddress.of("10.1.2.255"))).isEqualTo(3);
        assertThat(table.find(IpAddress.of("10.1.3.0"))).isEqualTo(2);
        assertThat(table.find(IpAddress.of("10.255.255.255"))).isEqualTo(1);
        assertThat(table.find(IpAddress.of("11.0.0.0"))).isEqualTo(RangeTable.NONE);
    }

    @Test
    void bothEndsOfBothFamiliesCanBeCovered() {
        RangeTable table = new RangeTable.Builder()
                .add(IpPrefix.of("0.0.0.0/0"), 4)
                .add(IpPrefix.of("255.255.255.255/32"), 5)
                .add(IpPrefix.of("::/0"), 6)
                .build();

        assertThat(table.find(IpAddress.of("0.0.0.0"))).isEqualTo(4);
        assertThat(table.find(IpAddress.of("255.255.255.255"))).isEqualTo(5);
        assertThat(table.find(IpAddress.of("::"))).isEqualTo(6);
        assertThat(table.find(IpAddress.of("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")))
                .isEqualTo(6);
        assertThat(table.rangeAt(IpAddress.of("9.9.9.9"))).hasToString("0.0.0.0-255.255.255.254");
    }

    @Test
    void anEmptyTableKnowsNothing() {
        assertThat(RangeTable.EMPTY.find(IpAddress.of("1.2.3.4"))).isEqualTo(RangeTable.NONE);
        assertThat(RangeTable.EMPTY.find(IpAddress.of("2001:db8::1"))).isEqualTo(RangeTable.NONE);
        assertThat(RangeTable.EMPTY.rangeAt(IpAddress.of("1.2.3.4"))).isNull();
        assertThat(RangeTable.EMPTY.size()).isZero();
    }

    @Test
    void ofCrossingRangesTheLaterStartWins() {
        RangeTable table = new RangeTable.Builder()
                .add(IpAddress.of("1.0.0.0"), IpAddress.of("1.0.0.99"), 1)
                .add(IpAddress.of("1.0.0.50"), IpAddress.of("1.0.0.149"), 2)
                .build();

        assertThat(table.find(IpAddress.of("1.0.0.49"))).isEqualTo(1);
        assertThat(table.find(IpAddress.of("1.0.0.50"))).isEqualTo(2);
        assertThat(table.find(IpAddress.of("1.0.0.149"))).isEqualTo(2);
        assertThat(table.find(IpAddress.of("1.0.0.150"))).isEqualTo(RangeTable.NONE);
    }

    @Test
    void randomTablesAnswerLikeASearchThroughAllBlocks() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<Block> blocks = randomBlocks(random);
            RangeTable.Builder builder = new RangeTable.Builder();
            blocks.forEach(block -> builder.add(block.prefix, block.value));
            RangeTable table = stored(builder.build());
            for (int i = 0; i < 2_000; i++) {
                IpAddress address = near(blocks, random);
                assertThat(table.find(address)).as("%s seed %d", address, seed).isEqualTo(slowly(blocks, address));
            }
        }
    }

    @Test
    void theRangeOfAnAddressHoldsItAndHasOneValue() {
        Random random = new Random(7);
        List<Block> blocks = randomBlocks(random);
        RangeTable.Builder builder = new RangeTable.Builder();
        blocks.forEach(block -> builder.add(block.prefix, block.value));
        RangeTable table = builder.build();
        for (int i = 0; i < 2_000; i++) {
            IpAddress address = near(blocks, random);
            AddressRange range = table.rangeAt(address);
            assertThat(range == null).isEqualTo(table.find(address) == RangeTable.NONE);
            if (range != null) {
                assertThat(range.contains(address)).isTrue();
                assertThat(table.find(range.first())).isEqualTo(table.find(address));
                assertThat(table.find(range.last())).isEqualTo(table.find(address));
            }
        }
    }

    @Test
    void aDamagedStoredTableIsRefusedBeforeMemoryIsAskedFor() {
        ByteBuffer huge =
                ByteBuffer.allocate(64).putInt(Integer.MAX_VALUE).putInt(1).rewind();
        assertThatThrownBy(() -> RangeTable.readFrom(huge)).hasMessage("damaged range table");
    }

    private static List<Block> randomBlocks(Random random) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            IpPrefix prefix = random.nextBoolean()
                    ? IpPrefix.around(IpAddress.ofIpv4(random.nextInt() & 0x0303ffff), random.nextInt(33))
                    : IpPrefix.around(
                            new IpAddress(random.nextLong() & 0x2001_0003_0000_0001L, random.nextLong()),
                            1 + random.nextInt(128));
            if (blocks.stream().noneMatch(known -> known.prefix.equals(prefix)) && !prefix.contains(mapped())) {
                blocks.add(new Block(prefix, i));
            }
        }
        return blocks;
    }

    /** IPv6 blocks around the mapped IPv4 addresses are of no use in a table, which looks those up as IPv4. */
    private static IpAddress mapped() {
        return new IpAddress(0, 0xfffe_ffff_ffffL);
    }

    private static IpAddress near(List<Block> blocks, Random random) {
        IpPrefix prefix = blocks.get(random.nextInt(blocks.size())).prefix;
        IpAddress edge = random.nextBoolean() ? prefix.first() : prefix.last();
        IpAddress moved = new IpAddress(edge.high(), edge.low() + random.nextInt(3) - 1);
        return moved.isIpv4() == edge.isIpv4() ? moved : edge;
    }

    private static int slowly(List<Block> blocks, IpAddress address) {
        Block best = null;
        for (Block block : blocks) {
            if (block.prefix.contains(address) && (best == null || block.prefix.length() > best.prefix.length())) {
                best = block;
            }
        }
        return best == null ? RangeTable.NONE : best.value;
    }

    private static RangeTable stored(RangeTable table) {
        ByteBuffer bytes = ByteBuffer.allocate(table.storedBytes());
        table.writeTo(bytes);
        assertThat(bytes.remaining()).isZero();
        return RangeTable.readFrom(bytes.flip());
    }
}
