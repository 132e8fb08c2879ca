package io.github.codnn.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.platform.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinkTableTest {

    private static final long GIGABYTE = 1L << 30;

    private static List<Device> devices(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> new Device("d" + index, "k" + index, Tier.EDGE, Device.UNLIMITED_MEMORY, 1, 1, 0, 0))
                .toList();
    }

    private static Platform uniform(int count) {
        return new Platform(devices(count), List.of(Link.of(Link.ANY, Link.ANY, 1000, 0)));
    }

    private static Platform separate(int count) {
        List<Link> links = new ArrayList<>();
        for (int pair = 0; pair < count * count; pair++) {
            if (pair / count != pair % count) {
                links.add(Link.of("d" + pair / count, "d" + pair % count, 1000 + pair, 0));
            }
        }
        return new Platform(devices(count), links);
    }

    @Test
    void linkOf_randomPatterns_isThatOfThePlatform() {
        for (long seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Link> links = new ArrayList<>();
            List<String> ends = List.of("d0", "d1", "d2", "d3", Link.ANY);
            for (String from : ends) {
                for (String to : ends) {
                    if (random.nextInt(3) == 0 && (from.equals(Link.ANY) || !from.equals(to))) {
                        links.add(Link.of(from, to, 1 + random.nextInt(1000), 0));
                    }
                }
            }
            Platform platform = new Platform(devices(4), links);
            LinkTable table = new LinkTable(platform);
            for (int pair = 0; pair < 16; pair++) {
                assertThat(table.link(table.linkOf[pair])).isEqualTo(platform.link("d" + pair / 4, "d" + pair % 4));
            }
        }
    }

    @Test
    void size_oneLinkForAllDevices_doesNotGrowWithTheDevices() {
        assertThat(new LinkTable(uniform(200)).size()).isEqualTo(3);
        assertThat(new LinkTable(separate(20)).size()).isEqualTo(2 + 20 * 19);
    }

    @Test
    void checkMemory_largeProblemsWithOneLink_fitIntoAGigabyte() {
        assertThatCode(() -> new LinkTable(uniform(200)).checkMemory(1000, 200, 1001, GIGABYTE))
                .doesNotThrowAnyException();
        LinkTable table = new LinkTable(uniform(64));
        assertThatCode(() -> table.checkMemory(10_000, 64, 10_200, GIGABYTE)).doesNotThrowAnyException();
    }

    @Test
    void checkMemory_aLinkForEachPair_statesTheNeedAndTheWayOut() {
        LinkTable table = new LinkTable(separate(64));

        assertThatThrownBy(() -> table.checkMemory(10_000, 64, 10_001, GIGABYTE))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("10000 layers on 64 devices")
                .hasMessageContaining("4032 links")
                .hasMessageContaining("1024 MB")
                .hasMessageContaining("-Xmx");
        assertThatCode(() -> table.checkMemory(10_000, 64, 10_001, 8 * GIGABYTE))
                .doesNotThrowAnyException();
    }
}
