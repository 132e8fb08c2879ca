package io.github.codnn.simulate;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A periodic schedule of a task in which transfers block both ends: a fixed order in which each device receives,
 * computes and sends, again in every period. {@link PipelineSimulator} serves the oldest frame first, which can take
 * longer.
 *
 * <p>Made for chains whose frames come from a device, visit others once each, and return to it. Elsewhere a chain that
 * visits each device once needs no order: its frames never wait. The schedule has the least period of all orders:
 * between receiving a frame and sending its result a device either computes (set A) or does not, and then sends the
 * result of the frame before. With n devices, transfers of T seconds together, computing times c and the greatest load
 * L, k periods pass around the ring, and the offsets fit exactly if
 * {@code P >= max(L, (T + c(A)) / k, (T + c(not A)) / (n - k))}; all A and k are tried, in O(n^2 2^n) time.
 *
 * @param periodSeconds the time between two frames
 * @param responseSeconds the time from the first start of a frame to the arrival of its result
 * @param steps what a frame does, in order: step s of frame f starts at its start plus f periods
 */
public record StaticOrder(double periodSeconds, double responseSeconds, List<Step> steps) {

    /**
     * A step of a frame.
     *
     * @param device the device that computes, or sends
     * @param receiver the device that receives; empty while the device computes
     * @param startSeconds when frame 0 starts it, from the entry of frame 0
     * @param seconds how long it takes
     */
    public record Step(String device, Optional<String> receiver, double startSeconds, double seconds) {

        /** Checks the components. */
        public Step {
            Objects.requireNonNull(device, "device");
            Objects.requireNonNull(receiver, "receiver");
        }

        boolean uses(String name) {
            return device.equals(name) || receiver.filter(name::equals).isPresent();
        }
    }

    /** Copies the steps. */
    public StaticOrder {
        steps = List.copyOf(steps);
    }

    /**
     * Returns the order in which a device serves its steps, again in every period.
     *
     * @param device the name of a device
     * @return its steps by their start within a period, the earliest first; none if it takes no part
     */
    public List<Step> stepsOf(String device) {
        return steps.stream()
                .filter(step -> step.uses(device))
                .sorted((one, other) -> Double.compare(phase(one), phase(other)))
                .toList();
    }

    private double phase(Step step) {
        return step.startSeconds() % periodSeconds;
    }
}
