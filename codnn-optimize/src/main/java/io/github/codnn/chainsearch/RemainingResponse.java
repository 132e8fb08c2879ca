package io.github.codnn.chainsearch;

/**
 * The least response time that is left from the start of a stage to the end, within a period but whatever devices are
 * used and however often: a bound that needs one backward pass, O(L r C + L C^2) for stages of at most r layers.
 */
final class RemainingResponse {

    private final ChainModel model;
    private final StageReach reach;
    private final double[][] from; // [cut][class] a stage on it starts
    private final double[][] after; // [cut][class] a stage on it ends

    RemainingResponse(ChainModel model, StageReach reach) {
        this.model = model;
        this.reach = reach;
        from = new double[model.layers + 1][model.classes];
        after = new double[model.layers + 1][model.classes];
    }

    /** Makes the pass; the reach must be prepared for the same period. */
    void prepare(double period) {
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            double back = model.results[deviceClass];
            after[model.layers][deviceClass] = back <= period ? back : Double.POSITIVE_INFINITY;
        }
        for (int cut = model.layers - 1; cut >= 0; cut--) {
            for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
                from[cut][deviceClass] = model.cutAllowed[cut] ? stage(cut, deviceClass) : Double.POSITIVE_INFINITY;
            }
            for (int deviceClass = 0; deviceClass < model.classes && cut > 0; deviceClass++) {
                after[cut][deviceClass] = next(cut, deviceClass, period);
            }
        }
    }

    private double stage(int cut, int deviceClass) {
        double[] prefix = model.prefix[deviceClass];
        double least = Double.POSITIVE_INFINITY;
        for (int end = cut + 1; end <= reach.end(deviceClass, cut); end++) {
            least = Math.min(least, prefix[end] + after[end][deviceClass]);
        }
        return least - prefix[cut];
    }

    private double next(int cut, int deviceClass, double period) {
        double least = Double.POSITIVE_INFINITY;
        for (int to = 0; to < model.classes && model.cutAllowed[cut]; to++) {
            double seconds = model.transfer[cut][deviceClass * model.classes + to];
            if (seconds <= period) {
                least = Math.min(least, seconds + from[cut][to]);
            }
        }
        return least;
    }

    /** Returns a lower bound of the time from the start of a stage to the return of the results. */
    double from(int cut, int deviceClass) {
        return from[cut][deviceClass];
    }
}
