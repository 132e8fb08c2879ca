package io.github.codnn.simulate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the {@link StaticOrder} of a chain whose frames return to the device that they come from. */
final class RingSchedule {

    private static final int MAX_DEVICES = 14; // more would take more than some milliseconds
    private static final double ROUNDING = 1e-12; // relative

    private final List<Leg> legs;
    private final int devices;
    private final double[] compute; // [device along the ring] seconds
    private double period = Double.POSITIVE_INFINITY;
    private int rounds; // periods around the ring
    private int computesFirst; // bits of the devices that compute between receiving a frame and sending it

    /** Operations in a row on the same resources: one transfer or the layers of a device. */
    private record Leg(List<Integer> resources, double seconds) {

        boolean isTransfer() {
            return resources.size() > 1;
        }

        int sender() {
            return resources.get(1);
        }

        int receiver() {
            return resources.get(2);
        }
    }

    private RingSchedule(List<Leg> legs) {
        this.legs = legs;
        List<Leg> transfers = legs.stream().filter(Leg::isTransfer).toList();
        devices = transfers.size();
        compute = new double[devices];
        for (Leg leg : legs) {
            for (int device = 0; device < devices && !leg.isTransfer(); device++) {
                compute[device] += transfers.get(device).sender() == leg.resources.get(0) ? leg.seconds : 0;
            }
        }
    }

    /**
     * Finds the order.
     *
     * @param operations the operations of a frame, whose transfers occupy a way, their sender and their receiver
     * @param names the names of the devices
     * @return the order of least period; nothing if the frame takes another way, or past more than 14 devices
     */
    static Optional<StaticOrder> of(List<FrameOperations.Operation> operations, List<String> names) {
        List<Leg> legs = legs(operations);
        if (!isRing(legs)) {
            return Optional.empty();
        }
        RingSchedule ring = new RingSchedule(legs);
        ring.findPeriod();
        return Optional.of(ring.order(names));
    }

    private static List<Leg> legs(List<FrameOperations.Operation> operations) {
        List<Leg> legs = new ArrayList<>();
        for (FrameOperations.Operation operation : operations) {
            int last = legs.size() - 1;
            if (last >= 0 && legs.get(last).resources.equals(operation.resources())) {
                legs.set(last, new Leg(operation.resources(), legs.get(last).seconds + operation.seconds()));
            } else {
                legs.add(new Leg(operation.resources(), operation.seconds()));
            }
        }
        return legs;
    }

    /** Tells whether a frame is where its next operation is, visits each device once, and ends where it began. */
    private static boolean isRing(List<Leg> legs) {
        List<Leg> transfers = legs.stream().filter(Leg::isTransfer).toList();
        if (transfers.size() < 2 || transfers.size() > MAX_DEVICES) {
            return false;
        }
        Set<Integer> senders = new HashSet<>();
        Set<Integer> ways = new HashSet<>();
        Set<Integer> computed = new HashSet<>();
        int at = transfers.get(0).sender();
        for (Leg leg : legs) {
            boolean once = leg.isTransfer()
                    ? leg.sender() == at && senders.add(at) && ways.add(leg.resources.get(0))
                    : leg.resources.get(0) == at && computed.add(at);
            if (!once) {
                return false;
            }
            at = leg.isTransfer() ? leg.receiver() : at;
        }
        return at == transfers.get(0).sender();
    }

    private List<Leg> transfers() {
        return legs.stream().filter(Leg::isTransfer).toList();
    }

    private double transferSeconds(int device) {
        return transfers().get((device + devices) % devices).seconds;
    }

    private double load(int device) {
        return compute[device] + transferSeconds(device) + transferSeconds(device - 1);
    }

    private void findPeriod() {
        double transfers = transfers().stream().mapToDouble(Leg::seconds).sum();
        double greatest = 0;
        double all = 0;
        for (int device = 0; device < devices; device++) {
            greatest = Math.max(greatest, load(device));
            all += compute[device];
        }
        for (int subset = 0; subset < 1 << devices; subset++) {
            double first = computeSeconds(subset);
            for (int round = 1; round < devices; round++) {
                double ring = Math.max((transfers + first) / round, (transfers + all - first) / (devices - round));
                keep(Math.max(greatest, ring), round, subset);
            }
        }
    }

    /** Keeps the shorter period; of equal ones that of the shorter response, in periods around the ring. */
    private void keep(double needed, int round, int subset) {
        boolean isEqual = needed <= period * (1 + ROUNDING) && waits(round, subset) < waits(rounds, computesFirst);
        if (needed < period * (1 - ROUNDING) || isEqual) {
            period = needed;
            rounds = round;
            computesFirst = subset;
        }
    }

    private int waits(int round, int subset) {
        return round + devices - Integer.bitCount(subset);
    }

    private double computeSeconds(int subset) {
        double sum = 0;
        for (int device = 0; device < devices; device++) {
            sum += (subset >>> device & 1) * compute[device];
        }
        return sum;
    }

    /** Spreads the time that is left around the ring over the idle times of the devices. */
    private StaticOrder order(List<String> names) {
        double left =
                rounds * period - transfers().stream().mapToDouble(Leg::seconds).sum();
        left = Math.max(0, left - computeSeconds(computesFirst));
        double[] sends = new double[devices]; // when each device starts to send
        double[] computes = new double[devices];
        for (int device = 1; device <= devices; device++) {
            int along = device % devices;
            double received = sends[device - 1] + transferSeconds(device - 1);
            boolean isFirst = (computesFirst >>> along & 1) != 0;
            double idle = Math.min(left, Math.max(0, period - load(along)));
            left -= idle;
            double starts = received + (isFirst ? compute[along] : 0) + idle;
            sends[along] = along == 0 ? 0 : starts;
            computes[along] = isFirst ? received : starts + transferSeconds(along);
        }
        return placed(names, sends, computes);
    }

    /** Starts each leg in the first period in which the leg before it is complete. */
    private StaticOrder placed(List<String> names, double[] sends, double[] computes) {
        List<Leg> transfers = transfers();
        List<StaticOrder.Step> steps = new ArrayList<>();
        double begin = Double.NaN;
        double complete = Double.NEGATIVE_INFINITY;
        for (Leg leg : legs) {
            int device = indexOf(transfers, leg.isTransfer() ? leg.sender() : leg.resources.get(0));
            double phase = (leg.isTransfer() ? sends : computes)[device];
            if (Double.isNaN(begin)) {
                begin = phase;
                complete = phase;
            }
            double start = phase + period * Math.ceil((complete - phase) / period - ROUNDING * devices);
            complete = start + leg.seconds;
            steps.add(new StaticOrder.Step(
                    names.get(leg.isTransfer() ? leg.sender() : leg.resources.get(0)),
                    leg.isTransfer() ? Optional.of(names.get(leg.receiver())) : Optional.empty(),
                    start - begin,
                    leg.seconds));
        }
        return new StaticOrder(period, complete - begin, steps);
    }

    private static int indexOf(List<Leg> transfers, int sender) {
        int index = 0;
        while (transfers.get(index).sender() != sender) {
            index++;
        }
        return index;
    }
}
