package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import io.github.codnn.adapt.BandwidthTrace;
import io.github.codnn.observe.LinkSchedule;
import io.github.codnn.platform.Platform;
import io.github.codnn.units.Units;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that change emulated links while a run goes on. */
final class EmulationArguments {

    private static final String FORM =
            "write LINK=RATE@SECONDS, such as wifi=5Mbit/s@15s or wifi=x0.25@15s, with commas"
                    + " between several rates; LINK is a medium or FROM:TO";

    @Option(
            names = "--emulate-link",
            paramLabel = "LINK=RATE@TIME",
            description = "Change an emulated link in mid-run, whatever the plan assumes: a medium or FROM:TO, and its"
                    + " rate from some time on, as in wifi=5Mbit/s@15s,x1@40s. x0.25 is a quarter of the rate in the"
                    + " plan. With --plan.")
    private List<String> links = new ArrayList<>();

    @Option(
            names = "--emulate-trace",
            paramLabel = "FILE",
            description = "Change emulated links as a CSV file with the columns time,link,bit/s says. With --plan.")
    private Optional<Path> trace = Optional.empty();

    boolean isEmpty() {
        return links.isEmpty() && trace.isEmpty();
    }

    /** Returns how fast the links of a platform are. */
    LinkSchedule schedule(Platform platform) {
        if (trace.isPresent()) {
            if (!links.isEmpty()) {
                throw new CodnnException("--emulate-trace and --emulate-link exclude each other");
            }
            return LinkSchedule.of(platform, BandwidthTrace.read(trace.get()));
        }
        List<BandwidthTrace.Point> points = new ArrayList<>();
        links.forEach(link -> addPoints(points, platform, link));
        points.sort(Comparator.comparingDouble(BandwidthTrace.Point::seconds));
        return points.isEmpty() ? LinkSchedule.of(platform) : LinkSchedule.of(platform, new BandwidthTrace(points));
    }

    private static void addPoints(List<BandwidthTrace.Point> points, Platform platform, String text) {
        int equals = text.lastIndexOf('=');
        if (equals <= 0) {
            throw new CodnnException("--emulate-link " + text + ": " + FORM);
        }
        String link = text.substring(0, equals);
        for (String piece : text.substring(equals + 1).split(",", -1)) {
            int at = piece.indexOf('@');
            if (at <= 0) {
                throw new CodnnException("--emulate-link " + text + ": " + FORM);
            }
            double seconds = Units.seconds(piece.substring(at + 1));
            try {
                points.add(new BandwidthTrace.Point(seconds, link, rate(platform, link, piece.substring(0, at))));
            } catch (IllegalArgumentException e) {
                throw new CodnnException("--emulate-link " + text + ": " + e.getMessage(), e);
            }
        }
    }

    private static double rate(Platform platform, String link, String text) {
        return text.startsWith("x")
                ? BandwidthTrace.rate(platform, link) * Units.number(text.substring(1), "a factor, as in x0.25")
                : Units.bytesPerSecond(text);
    }
}
