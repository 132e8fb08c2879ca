package io.github.codnn.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@link PeerBenchmark} in CPU time of the searching thread, for machines that do other work as well: prints a table of
 * evaluations per CPU second in Markdown, the best of some rounds.
 */
public final class PeerRates {

    private static final int ROUNDS = 3;
    private static final long LEAST_NANOS = 2_000_000_000L; // for compilers to come along
    private static final int[] LAYERS = {21, 77, 100, 500};
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private PeerRates() {}

    /**
     * Prints the table.
     *
     * @param args nothing
     */
    public static void main(String[] args) {
        System.out.println("| layers | who | evaluations per CPU second |");
        System.out.println("|---:|---|---:|");
        for (int layers : LAYERS) {
            PeerBenchmark benchmark = new PeerBenchmark();
            benchmark.layers = layers;
            benchmark.setUp();
            Map<String, Runnable> searches = new LinkedHashMap<>();
            searches.put("bare loop", benchmark::bareLoop);
            searches.put("Dbpso, published", benchmark::published);
            for (Peer peer : Peer.values()) {
                searches.put(peer.name(), () -> peer.search(benchmark.objective(), PeerBenchmark.EVALUATIONS, 1));
            }
            searches.forEach((name, search) -> System.out.printf("| %d | %s | %,d |%n", layers, name, rate(search)));
        }
    }

    private static long rate(Runnable search) {
        long least = Long.MAX_VALUE;
        long end = THREADS.getCurrentThreadCpuTime() + LEAST_NANOS;
        for (int round = 0; round < ROUNDS || THREADS.getCurrentThreadCpuTime() < end; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            search.run();
            least = Math.min(least, THREADS.getCurrentThreadCpuTime() - start);
        }
        return PeerBenchmark.EVALUATIONS * 1_000_000_000L / least;
    }
}
