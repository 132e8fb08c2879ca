package io.github.codnn.profile;

import io.github.codnn.CodnnException;
import io.github.codnn.WholeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The energy counters in the powercap folder of Linux. Counters that have reached their range begin at zero again. */
final class PowercapCounter implements EnergyCounter {

    private static final Pattern PACKAGE = Pattern.compile("intel-rapl:\\d{1,4}");
    private static final Pattern PART = Pattern.compile("intel-rapl:\\d{1,4}:\\d{1,4}");
    private static final double JOULES_PER_COUNT = 1e-6;

    private final List<Zone> zones;
    private double joules;

    /** A counter of microjoules. */
    private static final class Zone {
        private final Path folder;
        private final long range;
        private long last;

        Zone(Path folder) throws IOException {
            this.folder = folder;
            range = number(folder.resolve("max_energy_range_uj"));
            last = number(folder.resolve("energy_uj"));
        }

        /** Returns the counts since the last call. */
        long next() throws IOException {
            long now = number(folder.resolve("energy_uj"));
            long counts = now >= last ? now - last : now - last + range;
            last = now;
            return Math.max(0, counts);
        }
    }

    private PowercapCounter(List<Zone> zones) {
        this.zones = zones;
    }

    static PowercapCounter of(Path folder) {
        List<Zone> zones = new ArrayList<>();
        try {
            for (Path zone : folders(folder)) {
                if (isCounted(zone)) {
                    zones.add(new Zone(zone));
                }
            }
        } catch (IOException e) {
            throw new CodnnException(
                    "The energy counters in '" + folder + "' cannot be read: " + WholeFiles.reason(e)
                            + ". Since 2020 Linux lets only root read energy_uj: allow it, or measure without energy",
                    e);
        }
        if (zones.isEmpty()) {
            throw new CodnnException("This machine shows no energy counter (RAPL) in '" + folder
                    + "', as most virtual machines and other systems than Linux. Measure without energy");
        }
        return new PowercapCounter(zones);
    }

    private static List<Path> folders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    /** Packages, but not the zone of the whole platform, which holds them; of their parts the memory only. */
    private static boolean isCounted(Path zone) throws IOException {
        String file = String.valueOf(zone.getFileName());
        if (PACKAGE.matcher(file).matches()) {
            return Files.readString(zone.resolve("name")).startsWith("package");
        }
        return PART.matcher(file).matches()
                && Files.readString(zone.resolve("name")).strip().equals("dram");
    }

    private static long number(Path file) throws IOException {
        String text = Files.readString(file).strip();
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException(file + " is not a number", e);
        }
    }

    @Override
    public double joules() {
        try {
            for (Zone zone : zones) {
                joules += zone.next() * JOULES_PER_COUNT;
            }
        } catch (IOException e) {
            throw new CodnnException("An energy counter cannot be read any more: " + WholeFiles.reason(e), e);
        }
        return joules;
    }
}
