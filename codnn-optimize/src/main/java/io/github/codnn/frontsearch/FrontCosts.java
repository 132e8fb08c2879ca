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

    FrontCosts(ChainModel model) {
        StageCosts chain = model.chain;
        BatchCosts costs = chain.problem().compiled().costs();
        classes = model.classes;
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
            fill(chain, deviceClass, chain.classes().get(deviceClass).get(0));
        }
        transferJoules =
                model.tabulate((cut, sender, receiver) -> frames * chain.transferJoules(cut, sender, receiver));
    }

    private void fill(StageCosts chain, int deviceClass, int member) {
        BatchCosts costs = chain.problem().compiled().costs();
        watts[deviceClass] = costs.addedIdleWatts(member);
        joulesToStart[deviceClass] = costs.addedSwitchOnJoules(member);
        for (int layer = 0; layer <= chain.layers(); layer++) {
            double seconds = frames * chain.prefixSeconds(member, layer);
            joules[deviceClass][layer] = frames * chain.prefixJoules(member, layer) - seconds * costs.idleWatts(member);
            price[deviceClass][layer] = costs.price(member, seconds);
        }
        uploadJoules[deviceClass] = frames * chain.uploadJoules(member);
        returnJoules[deviceClass] = frames * chain.returnJoules(member);
    }

    /** Returns the energy of a stage above that of waiting. */
    double joules(int deviceClass, int start, int end) {
        return joules[deviceClass][end] - joules[deviceClass][start];
    }

    double price(int deviceClass, int start, int end) {
        return price[deviceClass][end] - price[deviceClass][start];
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
