package io.github.codnn.testproblems;

import java.lang.management.ManagementFactory;

/**
 * What this process holds once the collector has run.
 *
 * @param heapBytes the bytes of objects that are alive
 * @param classes the loaded classes
 * @param threads the live threads
 */
public record ProcessUse(long heapBytes, int classes, int threads) {

    private static final int COLLECTIONS = 3; // objects with cleaners and soft references of the JDK go step by step

    /** Collects garbage and measures. */
    public static ProcessUse now() {
        for (int each = 0; each < COLLECTIONS; each++) {
            System.gc();
        }
        return new ProcessUse(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                ManagementFactory.getThreadMXBean().getThreadCount());
    }
}
