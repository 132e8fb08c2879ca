package io.github.codnn.testing;

import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Medium;
import io.github.codnn.platform.Platform;
import io.github.codnn.platform.Tier;
import io.github.codnn.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Puts the links of scenarios on random media, for property tests. */
public final class SharedMedia {

    private static final int COUNT = 2;
    private static final List<Tier> TIERS = List.of(Tier.values());
    private static final List<Medium.Duplex> DUPLEXES = List.of(Medium.Duplex.values());

    private SharedMedia() {}

    /**
     * Puts most links on one of two media, each half or full duplex, and devices on any tier. Makes the links of some
     * scenarios slower, so that media are often the bottleneck.
     *
     * @param scenario the scenario
     * @param seed what decides
     * @return the changed scenario
     */
    public static Scenario spread(Scenario scenario, long seed) {
        Random random = new Random(seed);
        Platform platform = scenario.platform();
        List<Device> devices = platform.devices().stream()
                .map(device -> device.withTier(TIERS.get(random.nextInt(TIERS.size()))))
                .toList();
        List<Medium> media = new ArrayList<>();
        for (int medium = 0; medium < COUNT; medium++) {
            media.add(new Medium("m" + medium, Double.MAX_VALUE, DUPLEXES.get(random.nextInt(DUPLEXES.size()))));
        }
        double slower = Math.pow(4, random.nextInt(4));
        List<Link> links = platform.links().stream()
                .map(link -> slower(link, slower))
                .map(link -> {
                    int medium = random.nextInt(COUNT + 1);
                    return medium < COUNT ? link.withMedium("m" + medium) : link;
                })
                .toList();
        return scenario.withPlatform(new Platform(devices, links, media));
    }

    private static Link slower(Link link, double factor) {
        return new Link(
                link.from(),
                link.to(),
                link.bytesPerSecond() / factor,
                link.latencySeconds(),
                link.transmit(),
                link.receive());
    }

    /**
     * Gives each link a way of its own.
     *
     * @param scenario the scenario
     * @return the changed scenario
     */
    public static Scenario remove(Scenario scenario) {
        Platform platform = scenario.platform();
        return scenario.withPlatform(new Platform(
                platform.devices(),
                platform.links().stream().map(Link::withoutMedium).toList(),
                List.of()));
    }
}
