package io.github.codnn.observe;

import io.github.codnn.adapt.BandwidthTrace;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.split.PipelineTransfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How fast emulated links are over the time of a run, whatever plans assume about them. Immutable.
 *
 * @param states the platforms, in the order of the seconds from which they hold, the first from 0 on; empty if links
 *     are as the plan says
 */
public record LinkSchedule(List<BandwidthTrace.State> states) {

    /** Copies the components. */
    public LinkSchedule {
        states = List.copyOf(states);
        if (!states.isEmpty() && states.get(0).seconds() != 0) {
            throw new IllegalArgumentException("The first state must hold from 0 s on, but holds from "
                    + states.get(0).seconds() + " s on");
        }
    }

    /**
     * Returns the schedule of links that are as the running plan says.
     *
     * @return a schedule without states
     */
    public static LinkSchedule ofThePlan() {
        return new LinkSchedule(List.of());
    }

    /**
     * Returns the schedule of links that never change.
     *
     * @param platform the platform
     * @return a schedule of one state
     */
    public static LinkSchedule of(Platform platform) {
        return new LinkSchedule(List.of(new BandwidthTrace.State(0, platform)));
    }

    /**
     * Returns the schedule of links that change.
     *
     * @param platform the platform before the first change
     * @param trace the changes
     * @return a schedule of a state for each time at which something changes
     * @throws io.github.codnn.CodnnException if the platform has no such medium, devices or link
     */
    public static LinkSchedule of(Platform platform, BandwidthTrace trace) {
        List<BandwidthTrace.State> changes = trace.applyTo(platform);
        List<BandwidthTrace.State> all = new ArrayList<>();
        if (changes.get(0).seconds() > 0) {
            all.add(new BandwidthTrace.State(0, platform));
        }
        all.addAll(changes);
        return new LinkSchedule(all);
    }

    /**
     * Returns a link as it is at some time.
     *
     * @param from the sender
     * @param to the receiver
     * @param seconds the time since the run began
     * @return the link; empty if there is none, or if links are as the plan says
     */
    public Optional<Link> link(String from, String to, double seconds) {
        Optional<Link> found = Optional.empty();
        for (BandwidthTrace.State state : states) {
            if (state.seconds() <= seconds) {
                found = state.platform().link(from, to);
            }
        }
        return found;
    }

    /**
     * Returns how long transfers of one frame take, one after the other. A frame keeps the rate that it starts with.
     *
     * @param transfers the transfers as the plan says, at least one
     * @param originNanos when the run began
     * @return how long they hold a frame
     */
    public Holding holding(List<PipelineTransfer> transfers, long originNanos) {
        if (states.isEmpty()) {
            return Holding.always(
                    transfers.stream().mapToDouble(PipelineTransfer::seconds).sum());
        }
        List<Holding.Step> steps = new ArrayList<>();
        for (BandwidthTrace.State state : states) {
            double seconds = transfers.stream()
                    .mapToDouble(each -> seconds(state.platform(), each))
                    .sum();
            long nanos = Math.round(seconds * 1e9);
            if (steps.isEmpty() || steps.get(steps.size() - 1).nanos() != nanos) {
                steps.add(new Holding.Step(Math.round(state.seconds() * 1e9), nanos));
            }
        }
        return new Holding(originNanos, steps);
    }

    private static double seconds(Platform platform, PipelineTransfer transfer) {
        return platform.link(transfer.fromDevice(), transfer.toDevice())
                .map(link -> link.withWireBytesPerByte(1).seconds(transfer.bytes()))
                .orElseGet(transfer::seconds);
    }
}
