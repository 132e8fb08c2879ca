package io.github.codnn.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StaticOrderTest {

    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f", "g");

    /** A chain along a ring of devices: device 0 sends to 1 and so on; the last one sends to 0. */
    private static final class Ring {

        private final double[] compute; // [device] seconds; 0 where nothing runs
        private final double[] transfer; // [device] seconds of what it sends

        Ring(double[] compute, double[] transfer) {
            this.compute = compute;
            this.transfer = transfer;
        }

        static Ring random(SplittableRandom random, int devices, int step) {
            double[] compute = IntStream.range(0, devices)
                    .mapToDouble(device -> random.nextInt(4) == 0 ? 0 : (double) step * random.nextInt(1, 5))
                    .toArray();
            double[] transfer = IntStream.range(0, devices)
                    .mapToDouble(device -> (double) step * random.nextInt(1, 4))
                    .toArray();
            return new Ring(compute, transfer);
        }

        int devices() {
            return compute.length;
        }

        List<FrameOperations.Operation> operations() {
            List<FrameOperations.Operation> operations = new ArrayList<>();
            for (int device = 0; device < devices(); device++) {
                if (compute[device] > 0) {
                    operations.add(
                            new FrameOperations.Operation("", compute[device], 0, -1, List.of(device), List.of()));
                }
                int to = (device + 1) % devices();
                operations.add(new FrameOperations.Operation(
                        "", transfer[device], 0, device, List.of(100 + device, device, to), List.of()));
            }
            return operations;
        }

        StaticOrder order() {
            return RingSchedule.of(operations(), NAMES).orElseThrow();
        }

        double bound() {
            double greatest = BlockingBound.periodSeconds(operations(), devices());
            for (int device = 0; device < devices(); device++) {
                double received = transfer[(device + devices() - 1) % devices()];
                greatest = Math.max(greatest, compute[device] + transfer[device] + received);
            }
            return greatest;
        }
    }

    @Test
    void order_threeTransfersOfASecond_hasTheirSumAsPeriod() {
        StaticOrder order = new Ring(new double[] {0, 0.01, 0.01}, new double[] {1, 1, 1}).order();

        assertThat(order.periodSeconds()).isCloseTo(3, within(1e-12));
        assertThat(order.stepsOf("a")).hasSize(2);
        assertThat(order.stepsOf("b")).hasSize(3);
    }

    /** Four transfers of a ring run in two pairs. */
    @Test
    void order_fourDevices_reachesTheGreatestLoad() {
        StaticOrder order = new Ring(new double[] {0, 1, 1, 1}, new double[] {1, 1, 1, 1}).order();

        assertThat(order.periodSeconds()).isCloseTo(3, within(1e-12));
    }

    @Test
    void order_randomRings_keepsEveryDeviceToOneStepAtATime() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 1000; round++) {
            Ring ring = Ring.random(random, random.nextInt(2, 8), 1);
            StaticOrder order = ring.order();

            assertThat(order.periodSeconds()).as("round " + round).isGreaterThanOrEqualTo(ring.bound() * (1 - 1e-12));
            expectInOrder(order);
            NAMES.forEach(device -> expectApart(order.stepsOf(device), order.periodSeconds()));
        }
    }

    private static void expectInOrder(StaticOrder order) {
        double complete = 0;
        for (StaticOrder.Step step : order.steps()) {
            assertThat(step.startSeconds()).isGreaterThanOrEqualTo(complete - 1e-9);
            complete = step.startSeconds() + step.seconds();
        }
        assertThat(order.responseSeconds()).isCloseTo(complete, within(1e-9));
    }

    private static void expectApart(List<StaticOrder.Step> steps, double period) {
        for (int index = 0; index < steps.size(); index++) {
            StaticOrder.Step step = steps.get(index);
            StaticOrder.Step next = steps.get((index + 1) % steps.size());
            double start = step.startSeconds() % period;
            double following = next.startSeconds() % period + (index + 1 == steps.size() ? period : 0);
            assertThat(start + step.seconds()).as(steps.toString()).isLessThanOrEqualTo(following + 1e-9);
        }
    }

    /** All starts of all steps are tried; even times have integer periods, as the best order halves sums at most. */
    @Test
    void order_smallRings_hasTheLeastPeriodOfAllOrders() {
        SplittableRandom random = new SplittableRandom(6);
        for (int round = 0; round < 40; round++) {
            Ring ring = Ring.random(random, 3, 2);

            assertThat(ring.order().periodSeconds()).as("round " + round).isCloseTo(leastPeriod(ring), within(1e-9));
        }
    }

    private static int leastPeriod(Ring ring) {
        List<FrameOperations.Operation> operations = ring.operations();
        int period = 1;
        while (!fits(operations, new int[operations.size()], 0, period)) {
            period++;
        }
        return period;
    }

    private static boolean fits(List<FrameOperations.Operation> operations, int[] starts, int next, int period) {
        if (next == starts.length) {
            return true;
        }
        for (int start = 0; start < (next == 0 ? 1 : period); start++) {
            starts[next] = start;
            boolean free = operations.get(next).seconds() <= period;
            for (int other = 0; other < next && free; other++) {
                free = !meet(operations.get(next), operations.get(other))
                        || areApart(operations, starts, next, other, period);
            }
            if (free && fits(operations, starts, next + 1, period)) {
                return true;
            }
        }
        return false;
    }

    private static boolean meet(FrameOperations.Operation one, FrameOperations.Operation other) {
        return one.resources().stream().anyMatch(other.resources()::contains);
    }

    private static boolean areApart(
            List<FrameOperations.Operation> operations, int[] starts, int one, int other, int period) {
        int after = Math.floorMod(starts[other] - starts[one], period);
        int before = Math.floorMod(starts[one] - starts[other], period);
        return after >= operations.get(one).seconds()
                && before >= operations.get(other).seconds();
    }

    @Test
    void order_chainThatEndsElsewhere_isNotNeeded() {
        List<FrameOperations.Operation> operations =
                new Ring(new double[] {1, 1, 1}, new double[] {1, 1, 1}).operations();

        assertThat(RingSchedule.of(operations.subList(0, operations.size() - 1), NAMES))
                .isEmpty();
    }

    /** Layers that a device runs in a row count as one. */
    @Test
    void order_severalLayersOnEachDevice_isThatOfTheirSums() {
        Ring ring = new Ring(new double[] {2, 4, 6}, new double[] {1, 2, 3});
        List<FrameOperations.Operation> halves = new ArrayList<>();
        for (FrameOperations.Operation operation : ring.operations()) {
            FrameOperations.Operation half = new FrameOperations.Operation(
                    "", operation.seconds() / 2, 0, operation.link(), operation.resources(), List.of());
            halves.addAll(operation.isTransfer() ? List.of(operation) : List.of(half, half));
        }

        assertThat(RingSchedule.of(halves, NAMES)).contains(ring.order());
    }

    /** If device b computed after sending, the period would be the same, but each frame would wait for another. */
    @Test
    void order_severalOfTheSamePeriod_hasTheShortestResponse() {
        StaticOrder order = new Ring(new double[] {0, 1}, new double[] {1, 1}).order();

        assertThat(order.periodSeconds()).isCloseTo(3, within(1e-12));
        assertThat(order.responseSeconds()).isCloseTo(3, within(1e-12));
    }

    @Test
    void order_longRings_upToFourteenDevices() {
        double[] transfer = IntStream.range(0, 15).mapToDouble(device -> 1).toArray();
        List<String> names = IntStream.range(0, 15).mapToObj(Integer::toString).toList();
        Ring longest = new Ring(new double[14], Arrays.copyOf(transfer, 14));

        assertThat(RingSchedule.of(longest.operations(), names).orElseThrow().periodSeconds())
                .isCloseTo(2, within(1e-12));
        assertThat(RingSchedule.of(new Ring(new double[15], transfer).operations(), names))
                .isEmpty();
    }

    @Test
    void order_deviceVisitedTwiceOrSkipped_isNotARing() {
        FrameOperations.Operation there = transfer(0, 1);
        FrameOperations.Operation back = transfer(1, 0);
        FrameOperations.Operation other = transfer(0, 2);
        FrameOperations.Operation home = transfer(2, 0);

        assertThat(RingSchedule.of(List.of(there, back), NAMES)).isPresent();
        assertThat(RingSchedule.of(List.of(there, back, other, home), NAMES)).isEmpty();
        assertThat(RingSchedule.of(List.of(there, home), NAMES)).isEmpty();
        assertThat(RingSchedule.of(List.of(there), NAMES)).isEmpty();
    }

    private static FrameOperations.Operation transfer(int from, int to) {
        return new FrameOperations.Operation("", 1, 0, 0, List.of(100 + 10 * from + to, from, to), List.of());
    }

    /** Of five transfers in a ring two run at a time. */
    @Test
    void bound_ringOfFive_isHalfOfTheSum() {
        Ring ring = new Ring(new double[5], new double[] {1, 1, 1, 1, 1});

        assertThat(BlockingBound.periodSeconds(ring.operations(), 5)).isEqualTo(2.5);
    }

    @Test
    void bound_triangleOfTransfers_isTheirSum() {
        List<FrameOperations.Operation> triangle = List.of(
                new FrameOperations.Operation("", 1, 0, 0, List.of(100, 0, 1), List.of()),
                new FrameOperations.Operation("", 2, 0, 1, List.of(101, 1, 2), List.of()),
                new FrameOperations.Operation("", 3, 0, 2, List.of(102, 2, 3), List.of()),
                new FrameOperations.Operation("", 4, 0, 3, List.of(103, 3, 1), List.of()));

        assertThat(BlockingBound.periodSeconds(triangle, 4)).isEqualTo(2 + 3 + 4);
    }

    @Test
    void bound_starOfTransfers_isTheLoadOfItsCentreOnly() {
        List<FrameOperations.Operation> star = List.of(
                new FrameOperations.Operation("", 2, 0, 0, List.of(100, 0, 1), List.of()),
                new FrameOperations.Operation("", 3, 0, 1, List.of(101, 0, 2), List.of()),
                new FrameOperations.Operation("", 4, 0, 2, List.of(102, 0, 3), List.of()),
                new FrameOperations.Operation("", 9, 0, -1, List.of(3), List.of()));

        assertThat(BlockingBound.periodSeconds(star, 4)).isEqualTo(7);
        assertThat(BlockingBound.periodSeconds(star.subList(3, 4), 4)).isZero();
    }
}
