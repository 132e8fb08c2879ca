package io.github.codnn.observe;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * By how much the monotonic clocks of receivers are ahead of those of senders, as round trips show, and what arrivals
 * say with that. The shortest round trip counts (as in NTP), and an older one the less, because clocks drift. A
 * transfer begins when the sender has the frame and the frame before has arrived. Not thread-safe.
 */
final class ClockOffsets {

    /** Clocks of computers differ by less than this share. */
    private static final double DRIFT = 1e-4;

    private static final double RARELY_SECONDS = 20;

    private final Map<Ends, Offset> offsets = new HashMap<>();
    private final Map<Ends, Long> lastArrivals = new HashMap<>();

    private record Ends(String from, String to) {}

    private record Offset(double nanos, double roundTripSeconds, double atSeconds) {

        double uncertainSeconds(double nowSeconds) {
            return roundTripSeconds + DRIFT * (nowSeconds - atSeconds);
        }
    }

    /** Adds a round trip, in the middle of which the receiver's clock was ahead by some nanoseconds. */
    void add(String from, String to, double aheadNanos, double roundTripSeconds, double nowSeconds) {
        Offset found = new Offset(aheadNanos, roundTripSeconds, nowSeconds);
        offsets.merge(
                new Ends(from, to),
                found,
                (old, latest) -> latest.roundTripSeconds() <= old.uncertainSeconds(nowSeconds) ? latest : old);
    }

    /** Tells whether a round trip is due, because none was seen or clocks may have drifted since. */
    boolean isDue(String from, String to, double nowSeconds) {
        Offset known = offsets.get(new Ends(from, to));
        return known == null || nowSeconds - known.atSeconds() > RARELY_SECONDS;
    }

    /** Returns what an arrival says of its link; nothing before a round trip is known, or if the clocks cannot tell. */
    Optional<TransferSample> sample(Arrival arrival) {
        Ends ends = new Ends(arrival.from(), arrival.to());
        Long before = lastArrivals.put(ends, arrival.arrivedNanos());
        Offset offset = offsets.get(ends);
        if (offset == null) {
            return Optional.empty();
        }
        long ready = arrival.readyNanos() + Math.round(offset.nanos());
        long start = before == null ? ready : Math.max(ready, before);
        long nanos = arrival.arrivedNanos() - start;
        return nanos > 0
                ? Optional.of(new TransferSample(arrival.from(), arrival.to(), 1, arrival.bytes(), nanos))
                : Optional.empty();
    }
}
