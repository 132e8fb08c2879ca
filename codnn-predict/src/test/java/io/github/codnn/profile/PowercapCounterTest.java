package io.github.codnn.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.CodnnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Energy counters in a folder like that of Linux. */
class PowercapCounterTest {

    @TempDir
    private Path folder;

    private void zone(String file, String name, String microjoules) throws IOException {
        Path zone = Files.createDirectories(folder.resolve(file));
        Files.writeString(zone.resolve("name"), name + "\n");
        Files.writeString(zone.resolve("max_energy_range_uj"), "10000000\n");
        Files.writeString(zone.resolve("energy_uj"), microjoules + "\n");
    }

    @Test
    void joules_ofPackagesAndMemory_addsUpWithoutTheirPartsAndThePlatform() throws IOException {
        zone("intel-rapl:0", "package-0", "1000000");
        zone("intel-rapl:0:0", "core", "0");
        zone("intel-rapl:0:1", "dram", "0");
        zone("intel-rapl:1", "psys", "0");
        zone("intel-rapl-mmio:0", "package-0", "0");
        EnergyCounter counter = PowercapCounter.of(folder);
        zone("intel-rapl:0", "package-0", "3000000");
        zone("intel-rapl:0:0", "core", "1500000");
        zone("intel-rapl:0:1", "dram", "500000");
        zone("intel-rapl:1", "psys", "9000000");
        zone("intel-rapl-mmio:0", "package-0", "2000000");

        assertThat(counter.joules()).isCloseTo(2.5, within(1e-9));
        assertThat(counter.joules()).isCloseTo(2.5, within(1e-9));
    }

    @Test
    void joules_counterThatBeganAtZeroAgain_goesOn() throws IOException {
        zone("intel-rapl:0", "package-0", "9500000");
        EnergyCounter counter = PowercapCounter.of(folder);
        zone("intel-rapl:0", "package-0", "250000");

        assertThat(counter.joules()).isCloseTo(0.75, within(1e-9));
    }

    @Test
    void of_noCounter_saysSo() {
        assertThatThrownBy(() -> PowercapCounter.of(folder))
                .isInstanceOf(CodnnException.class)
                .hasMessageStartingWith("This machine shows no energy counter");
        assertThatThrownBy(() -> PowercapCounter.of(folder.resolve("missing")))
                .hasMessageStartingWith("This machine shows no energy counter");
    }

    @Test
    void of_counterThatCannotBeRead_saysWhatToDo() throws IOException {
        zone("intel-rapl:0", "package-0", "1");
        Files.delete(folder.resolve("intel-rapl:0").resolve("energy_uj"));

        assertThatThrownBy(() -> PowercapCounter.of(folder))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("energy_uj")
                .hasMessageEndingWith("allow it, or measure without energy");
    }

    @Test
    void timing_withACounter_hasTheJoulesOfAPass() {
        long[] state = new long[1];
        Timing.Clocks clocks = new Timing.Clocks() {
            @Override
            public long cpuNanos() {
                return state[0];
            }

            @Override
            public long wallNanos() {
                return state[0];
            }

            @Override
            public double joules() {
                return state[0] * 2e-9;
            }
        };
        Timing timing = Timing.of(() -> state[0] += 1_000, new ProfilerSettings(3, 2, 1, 5, 5), clocks);

        assertThat(timing.joules().orElseThrow()).isCloseTo(2e-6, within(1e-12));
        assertThat(timing.dividedBy(4).joules().orElseThrow()).isCloseTo(0.5e-6, within(1e-12));
    }
}
