package io.github.codnn.simulate;

import java.util.List;

/**
 * The least period of a task whose transfers block both ends, in whatever order devices serve them. Transfers within a
 * set of n devices need two of them each, so at most n / 2, rounded down, run at a time: the period is at least the sum
 * of their times over that number. Of a ring of three devices no two transfers run at a time. For an even number of
 * devices the greatest load is at least as much. Taken are all sets of three devices and that of all devices.
 *
 * <p>Takes O(E + D^3) time for E operations and D devices that send or receive.
 */
final class BlockingBound {

    private BlockingBound() {}

    /**
     * Returns the bound.
     *
     * @param operations the operations of one frame, whose transfers occupy a way, their sender and their receiver
     * @param deviceCount the number of devices of the platform
     * @return seconds, 0 if there are no transfers
     */
    static double periodSeconds(List<FrameOperations.Operation> operations, int deviceCount) {
        int[] index = new int[deviceCount]; // among the devices that send or receive, plus 1
        int devices = 0;
        for (FrameOperations.Operation operation : operations) {
            for (int end = 1; operation.isTransfer() && end <= 2; end++) {
                int device = operation.resources().get(end);
                if (index[device] == 0) {
                    index[device] = ++devices;
                }
            }
        }
        double[][] between = new double[devices][devices]; // seconds in both directions
        double all = 0;
        for (FrameOperations.Operation operation : operations) {
            if (operation.isTransfer()) {
                int one = index[operation.resources().get(1)] - 1;
                int other = index[operation.resources().get(2)] - 1;
                between[Math.min(one, other)][Math.max(one, other)] += operation.seconds();
                all += operation.seconds();
            }
        }
        int atATime = devices / 2;
        return atATime == 0 ? 0 : Math.max(all / atATime, ofThree(between));
    }

    private static double ofThree(double[][] between) {
        double greatest = 0;
        for (int first = 0; first < between.length; first++) {
            for (int second = first + 1; second < between.length; second++) {
                for (int third = second + 1; third < between.length; third++) {
                    double sum = between[first][second] + between[first][third] + between[second][third];
                    greatest = Math.max(greatest, sum);
                }
            }
        }
        return greatest;
    }
}
