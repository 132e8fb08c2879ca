package io.github.codnn.frontsearch;

import io.github.codnn.chainsearch.ChainModel;
import io.github.codnn.pipeline.StageCosts;
import io.github.codnn.plan.BatchCosts;

/**
 * Energy and price of a chain in parts that add up stage by stage, for all frames of the batch.
 *
 * <p>A device that takes part waits at idle power whenever it does not compute, until the makespan. That is its idle
 * power over the whole makespan less its idle power while it computes; the latter is a cost of its layers, the former a
 * sum of watts that the set of devices decides: {@code energy = joules + watts * makespan}.
 */
final class FrontCosts {

    final double frames;
    final double baseWatts; // of what waits in any case
    final double baseJoules; // to switch on what takes part in any case
    final double[] watts; // [class] what waits in addition if a device takes part
    final double[] joulesToStart; // [class]
    private final double[][] joules; // [class][layer] of the layers before, above waiting
    private final double[][] price; // [class][layer] of the layers before
    private final double[][] transferJoules; // [cut] the table of its kind: [from * classes + to]
    private final double[] uploadJoules; // [class]
    private final double[] returnJoules; // [class]
    private final int classes;
    private final StageCosts chain;
    private final BatchCosts batch;
    private final int[] members; // [class] one of its devices
    private final boolean isMixed; // whether prefix sums would lose small figures

    FrontCosts(ChainModel model) {
        chain = model.chain;
        BatchCosts costs = chain.problem().compiled().costs();
        batch = costs;
        classes = model.classes;
        members = new int[classes];
        isMixed = chain.isMixed();
        frames = costs.frames(0);
        watts = new double[classes];
        joulesToStart = new double[classes];
        joules = new double[classes][model.layers + 1];
        price = new double[classes][model.layers + 1];
        uploadJoules = new double[classes];
        returnJoules = new double[classes];
        double waiting = 0;
        double switching = 0;
        for (int device = 0; device < chain.devices(); device++) {
            waiting += costs.baseIdleWatts(device);
            switching += costs.baseSwitchOnJoules(device);
        }
        baseWatts = waiting;
        baseJoules = switching;
        for (int deviceClass = 0; deviceClass < classes; deviceClass++) {
            fill(deviceClass, chain.classes().get(deviceClass).get(0));
        }
        transferJoules =
                model.tabulate((cut, sender, receiver) -> frames * chain.transferJoules(cut, sender, receiver));
    }

    private void fill(int deviceClass, int member) {
        BatchCosts costs = batch;
        watts[deviceClass] = costs.addedIdleWatts(member);
        joulesToStart[deviceClass] = costs.addedSwitchOnJoules(member);
        for (int layer = 0; layer <= chain.layers(); layer++) {
            double seconds = frames * chain.prefixSeconds(member, layer);
            joules[deviceClass][layer] = frames * chain.prefixJoules(member, layer) - seconds * costs.idleWatts(member);
            price[deviceClass][layer] = costs.price(member, seconds);
        }
        members[deviceClass] = member;
        uploadJoules[deviceClass] = frames * chain.uploadJoules(member);
        returnJoules[deviceClass] = frames * chain.returnJoules(member);
    }

    /** Returns the energy of a stage above that of waiting. */
    double joules(int deviceClass, int start, int end) {
        int member = members[deviceClass];
        return isMixed
                ? frames
                        * (chain.joules(member, start, end)
                                - chain.seconds(member, start, end) * batch.idleWatts(member))
                : joules[deviceClass][end] - joules[deviceClass][start];
    }

    double price(int deviceClass, int start, int end) {
        int member = members[deviceClass];
        return isMixed
                ? batch.price(member, frames * chain.seconds(member, start, end))
                : price[deviceClass][end] - price[deviceClass][start];
    }

    double transferJoules(int cut, int from, int to) {
        return transferJoules[cut][from * classes + to];
    }

    double uploadJoules(int deviceClass) {
        return uploadJoules[deviceClass];
    }

    double returnJoules(int deviceClass) {
        return returnJoules[deviceClass];
    }
}
