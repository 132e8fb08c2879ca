package io.github.codnn.bench;

import io.github.codnn.swarm.Decoders;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@link PeerBenchmark} in CPU time of the searching thread, for machines with other load: prints a table of
 * evaluations per CPU second in Markdown, the best of some rounds with different seeds.
 */
public final class PeerRates {

    private static final int ROUNDS = 5;
    private static final long WARM_UP_NANOS = 1_500_000_000L;
    private static final long MAX_NANOS = 1_000_000_000L; // for a search
    private static final int[] LAYERS = {21, 77, 100, 500};
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private PeerRates() {}

    /** Searches once and returns the number of evaluations. */
    private interface Search {
        long run(long seed);
    }

    /**
     * Prints the table.
     *
     * @param args the encoding; by default that of the paper
     */
    public static void main(String[] args) {
        Decoders encoding = args.length == 0 ? Decoders.PER_LAYER : Decoders.valueOf(args[0]);
        System.out.println("| layers | who | evaluations per CPU second |");
        System.out.println("|---:|---|---:|");
        for (int layers : LAYERS) {
            searches(layers, encoding)
                    .forEach((name, search) -> System.out.printf("| %d | %s | %,d |%n", layers, name, rate(search)));
        }
    }

    private static Map<String, Search> searches(int layers, Decoders encoding) {
        PeerBenchmark benchmark = new PeerBenchmark();
        benchmark.layers = layers;
        benchmark.encoding = encoding;
        benchmark.setUp();
        Map<String, Search> searches = new LinkedHashMap<>();
        searches.put("bare loop", seed -> {
            benchmark.bareLoop();
            return PeerBenchmark.EVALUATIONS;
        });
        searches.put("Dbpso, published", seed -> benchmark.published().evaluations());
        for (Peer peer : Peer.values()) {
            searches.put(peer.name(), seed -> {
                KeyObjective objective = benchmark.objective(MAX_NANOS, THREADS::getCurrentThreadCpuTime);
                KeyObjective.TimeIsUp.orEnd(() -> peer.search(objective, PeerBenchmark.EVALUATIONS, seed));
                return objective.evaluations();
            });
        }
        return searches;
    }

    private static long rate(Search search) {
        double best = 0;
        long warm = THREADS.getCurrentThreadCpuTime() + WARM_UP_NANOS;
        for (int round = 1; round <= ROUNDS || THREADS.getCurrentThreadCpuTime() < warm; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            double evaluations = search.run(round);
            best = Math.max(best, evaluations / (THREADS.getCurrentThreadCpuTime() - start));
        }
        return (long) (best * 1e9);
    }
}
