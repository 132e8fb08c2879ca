package io.github.codnn.adapt;

import static io.github.codnn.adapt.AdaptCases.PLATFORM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.CodnnException;
import io.github.codnn.platform.Platform;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Traces from files and from generators. */
class BandwidthTraceTest {

    private static BandwidthTrace read(String rows) throws IOException {
        return BandwidthTrace.read(new StringReader("time,link,bit/s\n" + rows), "t.csv");
    }

    @Test
    void read_rowsOfMediaAndLinks_changesThePlatformInTurn() throws IOException {
        BandwidthTrace trace = read("100,wifi,8e6\n100,edge:cloud,16000000\n\n102.5,\"cloud:*\",8000\n");
        List<BandwidthTrace.State> states = trace.applyTo(PLATFORM);

        assertThat(states).extracting(BandwidthTrace.State::seconds).containsExactly(0.0, 2.5);
        Platform first = states.get(0).platform();
        assertThat(first.media().get(0).bytesPerSecond()).isEqualTo(1e6);
        assertThat(rate(first, "edge", "cloud")).isEqualTo(2e6);
        assertThat(rate(first, "cloud", "edge")).isEqualTo(rate(PLATFORM, "cloud", "edge"));
        Platform second = states.get(1).platform();
        assertThat(rate(second, "cloud", "edge")).isEqualTo(1000);
        assertThat(rate(second, "edge", "cloud")).isEqualTo(2e6);
    }

    private static double rate(Platform platform, String from, String to) {
        return platform.link(from, to).orElseThrow().bytesPerSecond();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,wifi|the row has 2 fields, but the header has 3",
                "x,wifi,5|time must be a number, but is 'x'",
                "1,wifi,0|bytesPerSecond of 'wifi'",
                "1,wifi,-5|bytesPerSecond of 'wifi'",
                "'1,,5'|The link of a point of a trace",
                "'1,wifi,5\n0,wifi,5'|order of time",
            })
    void read_wrongRow_isRefusedWithItsLine(String rows, String message) {
        assertThatThrownBy(() -> read(rows))
                .isInstanceOf(CodnnException.class)
                .hasMessageStartingWith("t.csv, line ")
                .hasMessageContaining(message);
    }

    @Test
    void read_nothing_isRefused() {
        assertThatThrownBy(() -> read("")).hasMessageContaining("point in a trace");
        assertThatThrownBy(() -> BandwidthTrace.read(new StringReader("a,b\n"), "t.csv"))
                .hasMessage("t.csv, line 1: a trace starts with the columns time,link,bit/s");
        assertThatThrownBy(() -> BandwidthTrace.read(Path.of("no such file")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("no such file");
    }

    @ParameterizedTest
    @CsvSource({"lte", "edge:drone2", "edge:edge"})
    void applyTo_unknownLink_isRefusedByName(String link) throws IOException {
        BandwidthTrace trace = read("1," + link + ",8e6\n");

        assertThatThrownBy(() -> trace.applyTo(PLATFORM))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("'" + link + "' at 0.0 s");
    }

    @ParameterizedTest
    @EnumSource(TraceModel.class)
    void trace_ofAModel_dependsOnTheSeedOnlyAndIsNearItsMean(TraceModel model) {
        BandwidthTrace trace = model.trace(PLATFORM, "wifi", 2_000, 7);
        double nominal = PLATFORM.media().get(0).bytesPerSecond();
        double mean = trace.points().stream()
                .mapToDouble(BandwidthTrace.Point::bytesPerSecond)
                .average()
                .orElseThrow();

        assertThat(trace).isEqualTo(model.trace(PLATFORM, "wifi", 2_000, 7));
        assertThat(trace).isNotEqualTo(model.trace(PLATFORM, "wifi", 2_000, 8));
        assertThat(TraceModel.named(model.label())).isEqualTo(model);
        double share = mean / nominal;
        switch (model) {
            case MOBILE_3G -> assertThat(share).isCloseTo(1.1 / 18.88, within(0.01));
            case MOBILE_4G -> assertThat(share).isCloseTo(5.85 / 18.88, within(0.05));
            case WIFI, NOISE -> assertThat(share).isCloseTo(1, within(0.15));
            case WALK, STEP, OUTAGE -> assertThat(share).isBetween(0.3, 0.9);
        }
    }

    @Test
    void trace_ofALinkBetweenDevices_isRelativeToItsRate() {
        BandwidthTrace trace = TraceModel.STEP.trace(PLATFORM, "edge:cloud", 10, 1);

        assertThat(trace.points().get(0))
                .isEqualTo(new BandwidthTrace.Point(0, "edge:cloud", rate(PLATFORM, "edge", "cloud")));
        assertThatThrownBy(() -> TraceModel.STEP.trace(PLATFORM, "lte", 10, 1))
                .hasMessageContaining("no medium 'lte'")
                .hasMessageContaining("wifi");
        assertThatThrownBy(() -> TraceModel.named("6g")).hasMessageContaining("wifi, 3g, 4g, walk, step, outage");
    }
}
