package io.github.codnn.profile;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Optional;

/** The CPU clock of the current thread, if the machine has one, the wall clock, and an energy counter if given. */
final class ThreadClocks implements Timing.Clocks {

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final boolean supported = threads.isCurrentThreadCpuTimeSupported();

    private final Optional<EnergyCounter> energy;

    ThreadClocks(Optional<EnergyCounter> energy) {
        this.energy = energy;
    }

    @Override
    public double joules() {
        return energy.map(EnergyCounter::joules).orElse(0.0);
    }

    @Override
    public long cpuNanos() {
        return supported ? threads.getCurrentThreadCpuTime() : System.nanoTime();
    }

    @Override
    public long wallNanos() {
        return System.nanoTime();
    }
}
