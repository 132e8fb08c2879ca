package io.github.codnn.monitor;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/**
 * Monitors the load, memory and clock frequency of this machine with OSHI.
 *
 * <p>Thread-safe. It starts no thread: the caller takes samples or provides a scheduler.
 */
public final class ResourceMonitor {

    private final CentralProcessor processor;
    private final GlobalMemory memory;
    private final OperatingSystem system;
    private long[] ticks;

    private ResourceMonitor(CentralProcessor processor, GlobalMemory memory, OperatingSystem system) {
        this.processor = processor;
        this.memory = memory;
        this.system = system;
        this.ticks = processor.getSystemCpuLoadTicks();
    }

    /**
     * Starts to monitor this machine.
     *
     * @return the monitor; its first sample has the load since this call
     */
    public static ResourceMonitor ofThisMachine() {
        SystemInfo system = new SystemInfo();
        return new ResourceMonitor(
                system.getHardware().getProcessor(), system.getHardware().getMemory(), system.getOperatingSystem());
    }

    /**
     * Takes a sample.
     *
     * @return the load since the previous sample, and the current memory and frequency
     */
    public synchronized ResourceSample sample() {
        long[] before = ticks;
        ticks = processor.getSystemCpuLoadTicks();
        double load = processor.getSystemCpuLoadBetweenTicks(before, ticks);
        double hertz = Arrays.stream(processor.getCurrentFreq())
                .filter(frequency -> frequency > 0)
                .average()
                .orElse(0);
        return new ResourceSample(
                Math.max(0, Math.min(1, load)),
                Math.max(0, memory.getAvailable()),
                Math.max(0, memory.getTotal()),
                hertz,
                Math.max(0, processor.getMaxFreq()));
    }

    /**
     * Returns how much memory this process occupies: what it would leave to others if it ended.
     *
     * @return the bytes of its resident set, 0 if they are not known
     */
    public long processMemoryBytes() {
        OSProcess process = system.getProcess(system.getProcessId());
        return process == null ? 0 : Math.max(0, process.getResidentMemory());
    }

    /**
     * Samples periodically on the caller's scheduler until the returned object is closed.
     *
     * @param scheduler runs the samples; the caller shuts it down
     * @param period the time from sample to sample, positive
     * @param listener receives each sample; if it throws, sampling ends
     * @return stops the sampling when closed
     */
    public Sampling start(ScheduledExecutorService scheduler, Duration period, Consumer<ResourceSample> listener) {
        Objects.requireNonNull(listener, "listener");
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("period must be positive, but is " + period);
        }
        ScheduledFuture<?> future = scheduler.scheduleAtFixedRate(
                () -> listener.accept(sample()), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /** Periodic sampling. */
    @FunctionalInterface
    public interface Sampling extends AutoCloseable {
        /** Stops the sampling; a sample in progress is completed. */
        @Override
        void close();
    }
}
