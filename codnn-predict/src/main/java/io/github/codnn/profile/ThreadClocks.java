package io.github.codnn.profile;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** The CPU clock of the current thread, if the machine has one, and the wall clock. */
final class ThreadClocks implements Timing.Clocks {

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final boolean supported = threads.isCurrentThreadCpuTimeSupported();

    @Override
    public long cpuNanos() {
        return supported ? threads.getCurrentThreadCpuTime() : System.nanoTime();
    }

    @Override
    public long wallNanos() {
        return System.nanoTime();
    }
}
