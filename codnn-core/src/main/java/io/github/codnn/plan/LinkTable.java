package io.github.codnn.plan;

import io.github.codnn.CodnnException;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which link leads from each device to each other one: the same as {@link Platform#link}, for all pairs in O(links +
 * D^2) time. Pairs with the same link have the same costs of every tensor, so that these are kept once for each link.
 */
final class LinkTable {

    private static final int NO_LINK = 0; // from a device to itself
    private static final int MISSING = 1;
    private static final double SHARE_OF_MEMORY = 0.7; // of what Java may use
    private static final double BYTES_OF_PAIR = 64; // for two devices, in compiled scenarios, evaluations and searches
    private static final long BYTES_OF_LAYER = 80; // for a layer on a device, in compiled scenarios and searches
    private static final long BYTES_OF_TRANSFER = 40; // for a tensor on a link, in the same
    private static final long BYTES_OF_CHAIN = 64; // for the same in the evaluations of a chain on few devices

    final int[] linkOf; // [from * D + to]
    private final List<Optional<Link>> links = new ArrayList<>(List.of(Optional.empty(), Optional.empty()));

    LinkTable(Platform platform) {
        int devices = platform.devices().size();
        check(
                devices + " devices",
                BYTES_OF_PAIR * devices * devices,
                Runtime.getRuntime().maxMemory());
        Map<String, Map<String, Link>> byEnds = new HashMap<>();
        for (Link link : platform.links()) {
            byEnds.computeIfAbsent(link.from(), any -> new HashMap<>()).putIfAbsent(link.to(), link);
        }
        linkOf = new int[Math.multiplyExact(devices, devices)];
        Arrays.fill(linkOf, NO_LINK);
        Map<List<String>, Integer> numbers = new HashMap<>();
        for (int pair = 0; pair < linkOf.length; pair++) {
            int from = pair / devices;
            int to = pair % devices;
            if (from != to) {
                linkOf[pair] = find(
                                byEnds,
                                platform.devices().get(from).name(),
                                platform.devices().get(to).name())
                        .map(link -> numbers.computeIfAbsent(List.of(link.from(), link.to()), any -> number(link)))
                        .orElse(MISSING);
            }
        }
    }

    private int number(Link link) {
        links.add(Optional.of(link));
        return links.size() - 1;
    }

    /** Returns the link that names more of the two devices, the sender rather than the receiver. */
    private static Optional<Link> find(Map<String, Map<String, Link>> byEnds, String from, String to) {
        Map<String, Link> named = byEnds.getOrDefault(from, Map.of());
        Map<String, Link> any = byEnds.getOrDefault(Link.ANY, Map.of());
        return Optional.ofNullable(named.get(to))
                .or(() -> Optional.ofNullable(named.get(Link.ANY)))
                .or(() -> Optional.ofNullable(any.get(to)))
                .or(() -> Optional.ofNullable(any.get(Link.ANY)));
    }

    /** Returns how many entries the costs of a tensor take. */
    int size() {
        return links.size();
    }

    /** Returns the link of an entry; nothing where none leads. */
    Optional<Link> link(int entry) {
        return links.get(entry);
    }

    /** Tells whether an entry is for pairs of different devices without a link. */
    boolean isMissing(int entry) {
        return entry == MISSING;
    }

    /**
     * Throws if the tables of a scenario do not fit into the memory of the Java machine.
     *
     * @param layers of all tasks
     * @param devices how many
     * @param kinds of tensors
     * @param memoryBytes that Java may use
     */
    void checkMemory(long layers, long devices, long kinds, long memoryBytes) {
        double pairs = BYTES_OF_PAIR * devices * devices;
        long ofTransfer = BYTES_OF_TRANSFER + (devices <= ChainLoads.MAX_DEVICES ? BYTES_OF_CHAIN : 0);
        check(
                layers + " layers on " + devices + " devices, with " + kinds + " sizes of tensors and " + (size() - 2)
                        + " links,",
                pairs + (double) layers * devices * BYTES_OF_LAYER + (double) kinds * size() * ofTransfer,
                memoryBytes);
    }

    private static void check(String what, double bytes, long memoryBytes) {
        if (bytes > SHARE_OF_MEMORY * memoryBytes) {
            throw new CodnnException("To plan for " + what + " takes about " + megabytes(bytes / SHARE_OF_MEMORY)
                    + " of memory, but Java may use " + megabytes((double) memoryBytes)
                    + ". Maybe give it more, as in java -Xmx8g, or describe equal links once, with \"*\" for devices.");
        }
    }

    private static String megabytes(double bytes) {
        return Math.round(Math.ceil(bytes / (1 << 20))) + " MB";
    }
}
