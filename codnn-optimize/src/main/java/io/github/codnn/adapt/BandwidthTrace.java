package io.github.codnn.adapt;

import io.github.codnn.CodnnException;
import io.github.codnn.internal.Checks;
import io.github.codnn.internal.CsvLines;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Medium;
import io.github.codnn.platform.Platform;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How the rates of links or media change over time. Immutable.
 *
 * @param points the changes, in the order of time; a rate holds until the next change of the same link
 */
public record BandwidthTrace(List<Point> points) {

    private static final int MAX_POINTS = 1_000_000;
    private static final List<String> HEADER = List.of("time", "link", "bit/s");

    /**
     * A change.
     *
     * @param seconds the time, zero or greater
     * @param link the name of a medium, or {@code FROM:TO} for links, each a device or {@link Link#ANY}
     * @param bytesPerSecond the rate from then on, positive and finite
     */
    public record Point(double seconds, String link, double bytesPerSecond) {

        /** Checks the components. */
        public Point {
            Checks.nonNegativeFinite(seconds, "seconds");
            Checks.notBlank(link, "The link of a point of a trace");
            Checks.positiveFinite(bytesPerSecond, "bytesPerSecond of '" + link + "'");
        }
    }

    /**
     * A platform that holds from some time on.
     *
     * @param seconds the time
     * @param platform the platform
     */
    public record State(double seconds, Platform platform) {

        /** Checks the components. */
        public State {
            Objects.requireNonNull(platform, "platform");
        }
    }

    /** Checks and copies the components. */
    public BandwidthTrace {
        points = Checks.notEmpty(points, "point in a trace");
        for (int index = 1; index < points.size(); index++) {
            if (points.get(index).seconds() < points.get(index - 1).seconds()) {
                throw new IllegalArgumentException("The points of a trace must be in the order of time, but "
                        + points.get(index).seconds() + " s follows "
                        + points.get(index - 1).seconds() + " s");
            }
        }
    }

    /**
     * Reads a CSV file with the columns {@code time,link,bit/s}: seconds from any origin, the name of a medium or
     * {@code FROM:TO}, and bits per second.
     *
     * @param file the file, in UTF-8
     * @return the trace, from time 0
     * @throws CodnnException if the file cannot be read or has a wrong row
     */
    public static BandwidthTrace read(Path file) {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return read(reader, "'" + file + "'");
        } catch (CharacterCodingException e) {
            throw new CodnnException("Cannot read a trace from '" + file + "': its text is not UTF-8", e);
        } catch (IOException e) {
            throw new CodnnException("Cannot read a trace from '" + file + "': " + e, e);
        }
    }

    /**
     * Reads text as {@link #read(Path)} does.
     *
     * @param text the text, which stays open
     * @param source its origin, for messages
     * @return the trace, from time 0
     * @throws CodnnException if it has a wrong row
     * @throws IOException if reading fails
     */
    public static BandwidthTrace read(Reader text, String source) throws IOException {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(source, "source");
        CsvLines lines = new CsvLines(text instanceof BufferedReader ? text : new BufferedReader(text));
        try {
            if (!lines.next() || !lines.fields().equals(HEADER)) {
                throw new IllegalArgumentException("a trace starts with the columns time,link,bit/s");
            }
            List<Point> points = new ArrayList<>();
            double origin = 0;
            while (lines.next()) {
                if (lines.isBlank()) {
                    continue;
                }
                List<String> fields = lines.fields(HEADER.size());
                if (points.size() == MAX_POINTS) {
                    throw new IllegalArgumentException("there are more than " + MAX_POINTS + " rows");
                }
                double seconds = number(fields.get(0), "time");
                origin = points.isEmpty() ? seconds : origin;
                if (!points.isEmpty()
                        && seconds - origin < points.get(points.size() - 1).seconds()) {
                    throw new IllegalArgumentException(
                            "the rows must be in the order of time, but this one is earlier than the one before");
                }
                points.add(new Point(seconds - origin, fields.get(1), number(fields.get(2), "bit/s") / 8));
            }
            return new BandwidthTrace(points);
        } catch (IllegalArgumentException e) {
            throw new CodnnException(source + ", line " + lines.number() + ": " + e.getMessage(), e);
        }
    }

    private static double number(String text, String column) {
        if (!text.matches("-?[0-9]{1,30}(\\.[0-9]{0,30})?([eE][+-]?[0-9]{1,3})?")) {
            throw new IllegalArgumentException(column + " must be a number, but is '" + text + "'");
        }
        return Double.parseDouble(text);
    }

    /**
     * Returns the platforms of a trace.
     *
     * @param described the platform before the first change
     * @return a platform for each time at which something changes, with all changes up to then
     * @throws CodnnException if the platform has no such medium, devices or link
     */
    public List<State> applyTo(Platform described) {
        List<State> states = new ArrayList<>();
        Platform current = described;
        for (int index = 0; index < points.size(); index++) {
            Point point = points.get(index);
            current = changed(current, point);
            boolean last = index + 1 == points.size() || points.get(index + 1).seconds() > point.seconds();
            if (last) {
                states.add(new State(point.seconds(), current));
            }
        }
        return states;
    }

    /**
     * Returns the rate of a link or medium.
     *
     * @param platform the platform
     * @param name the name of a medium, or {@code FROM:TO} of two devices
     * @return its bytes per second
     * @throws IllegalArgumentException if the platform has no such medium or link
     */
    public static double rate(Platform platform, String name) {
        return platform.media().stream()
                .filter(medium -> medium.name().equals(name))
                .findFirst()
                .map(Medium::bytesPerSecond)
                .or(() -> ends(platform, name)
                        .flatMap(ends -> platform.link(ends.get(0), ends.get(1)))
                        .map(Link::bytesPerSecond))
                .orElseThrow(() -> new IllegalArgumentException("The platform has no medium '" + name
                        + "' and no link between two devices of that name, FROM:TO. It has the media "
                        + Checks.some(
                                platform.media().stream().map(Medium::name).toList(), 8)));
    }

    private static Optional<List<String>> ends(Platform platform, String link) {
        for (int colon = link.indexOf(':'); colon >= 0; colon = link.indexOf(':', colon + 1)) {
            List<String> ends = List.of(link.substring(0, colon), link.substring(colon + 1));
            if (ends.stream().allMatch(end -> isEnd(platform, end))) {
                return Optional.of(ends);
            }
        }
        return Optional.empty();
    }

    private static Platform changed(Platform platform, Point point) {
        String link = point.link();
        try {
            Optional<List<String>> ends = ends(platform, link);
            if (ends.isPresent()) {
                return platform.withLinks(
                        ends.get().get(0), ends.get().get(1), each -> each.withBytesPerSecond(point.bytesPerSecond()));
            }
            return platform.withMediumRate(link, point.bytesPerSecond());
        } catch (IllegalArgumentException e) {
            throw new CodnnException(
                    "The trace changes '" + link + "' at " + point.seconds() + " s: " + e.getMessage(), e);
        }
    }

    private static boolean isEnd(Platform platform, String end) {
        return end.equals(Link.ANY)
                || platform.devices().stream().map(Device::name).anyMatch(end::equals);
    }
}
