package io.github.codnn.frontsearch;

import io.github.codnn.chainsearch.ChainModel;
import io.github.codnn.chainsearch.DeviceSets;
import io.github.codnn.plan.BatchCosts;

/**
 * Lower bounds of what a stage that starts and all stages after it cost, for each cost separately: the exact optimum
 * over the unused devices, except that sums check memory layer by layer. One pass from the last cut to the first, in
 * {@code O(S L C^2)} time for sums and {@code O(S L^2 C^2)} for periods, with S sets of C classes of devices.
 */
final class FrontBounds {

    private final ChainModel model;
    private final FrontCosts costs;
    private final DeviceSets sets;
    private final int states; // at a cut
    private final long[] free; // [set] classes with a device left, as bits; none if there are enough stages
    private final double[] watts; // [set] of what waits
    private final double[] response; // [cut * states + set * classes + class]
    private final double[] price;
    private final double[] period;
    private final double[] joules;
    private final double leastPeriod;

    FrontBounds(ChainModel model, FrontCosts costs, DeviceSets sets) {
        this.model = model;
        this.costs = costs;
        this.sets = sets;
        states = (sets.all + 1) * model.classes;
        free = new long[sets.all + 1];
        watts = new double[sets.all + 1];
        for (int set = 0; set <= sets.all; set++) {
            describe(set);
        }
        int size = Math.multiplyExact(model.layers, states);
        response = new double[size];
        price = new double[size];
        period = new double[size];
        joules = new double[size];
        for (int cut = model.layers - 1; cut >= 0; cut--) {
            boundPeriods(cut);
        }
        leastPeriod = leastAtStart(period, model.upload);
        sum(response, new Response());
        sum(price, new Price());
        sum(joules, new Joules(earliest()));
    }

    private void describe(int set) {
        double sum = costs.baseWatts;
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            int used = sets.used(set, deviceClass);
            sum += used * costs.watts[deviceClass];
            if (used < model.count[deviceClass] && sets.size[set] < model.maxStages) {
                free[set] |= 1L << deviceClass;
            }
        }
        watts[set] = sum;
    }

    /** A cost that adds up over layers, transfers and the return of results. */
    private interface Sum {
        double layer(int set, int deviceClass, int layer);

        double transfer(int set, int cut, int from, int to);

        double back(int set, int deviceClass);
    }

    private final class Response implements Sum {
        @Override
        public double layer(int set, int deviceClass, int layer) {
            return model.seconds(deviceClass, layer, layer + 1);
        }

        @Override
        public double transfer(int set, int cut, int from, int to) {
            return model.transfer[cut][from * model.classes + to];
        }

        @Override
        public double back(int set, int deviceClass) {
            return model.results[deviceClass];
        }
    }

    private final class Price implements Sum {
        @Override
        public double layer(int set, int deviceClass, int layer) {
            return costs.price(deviceClass, layer, layer + 1);
        }

        @Override
        public double transfer(int set, int cut, int from, int to) {
            return 0;
        }

        @Override
        public double back(int set, int deviceClass) {
            return 0;
        }
    }

    /**
     * Energy, with time at the watts of the devices by then; a device that starts at a cut adds its watts for a lower
     * bound of the time before: the earliest time at which a frame gets to the cut, and the least period.
     */
    private final class Joules implements Sum {

        private final double[] earliest; // [cut]

        private Joules(double[] earliest) {
            this.earliest = earliest;
        }

        @Override
        public double layer(int set, int deviceClass, int layer) {
            double seconds = model.seconds(deviceClass, layer, layer + 1);
            return costs.joules(deviceClass, layer, layer + 1) + watts[set] * seconds;
        }

        @Override
        public double transfer(int set, int cut, int from, int to) {
            double seconds = model.transfer[cut][from * model.classes + to];
            double waited = BatchCosts.makespanSeconds(costs.frames, leastPeriod, earliest[cut]);
            return costs.transferJoules(cut, from, to)
                    + watts[set] * seconds
                    + costs.joulesToStart[to]
                    + costs.watts[to] * (waited + seconds);
        }

        @Override
        public double back(int set, int deviceClass) {
            return costs.returnJoules(deviceClass) + watts[set] * model.results[deviceClass];
        }
    }

    /** Returns the least time that a frame takes to each cut, on any devices. */
    private double[] earliest() {
        double[] earliest = new double[model.layers + 1];
        double[] running = model.upload.clone(); // [class] least time until it begins a layer
        for (int layer = 0; layer < model.layers; layer++) {
            double[] done = new double[model.classes];
            double least = Double.POSITIVE_INFINITY;
            for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
                done[deviceClass] = running[deviceClass] + model.seconds(deviceClass, layer, layer + 1);
                least = Math.min(least, done[deviceClass]);
            }
            earliest[layer + 1] = least;
            for (int to = 0; to < model.classes && layer + 1 < model.layers; to++) {
                running[to] = done[to];
                for (int from = 0; from < model.classes; from++) {
                    double seconds = model.transfer[layer + 1][from * model.classes + to];
                    running[to] = Math.min(running[to], done[from] + seconds);
                }
            }
        }
        return earliest;
    }

    /** Fills a table of a sum from the last layer to the first. */
    private void sum(double[] table, Sum sum) {
        double[] running = new double[states]; // least rest of a device that has run the layers before a cut
        for (int set = 0; set <= sets.all; set++) {
            for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
                running[set * model.classes + deviceClass] = sum.back(set, deviceClass);
            }
        }
        for (int cut = model.layers - 1; cut >= 0; cut--) {
            int row = cut * states;
            for (int set = 0; set <= sets.all; set++) {
                for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
                    int state = set * model.classes + deviceClass;
                    boolean mayRun = sets.contains(set, deviceClass) && model.limit[deviceClass][cut] > cut;
                    table[row + state] =
                            mayRun ? sum.layer(set, deviceClass, cut) + running[state] : Double.POSITIVE_INFINITY;
                }
            }
            System.arraycopy(table, row, running, 0, states);
            for (int set = 0; set <= sets.all && cut > 0 && model.cutAllowed[cut]; set++) {
                for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
                    int state = set * model.classes + deviceClass;
                    running[state] = !sets.contains(set, deviceClass)
                            ? running[state]
                            : Math.min(running[state], throughCut(table, sum, cut, set, deviceClass));
                }
            }
        }
    }

    private double throughCut(double[] table, Sum sum, int cut, int set, int from) {
        double least = Double.POSITIVE_INFINITY;
        for (long rest = free[set]; rest != 0; rest &= rest - 1) {
            int to = Long.numberOfTrailingZeros(rest);
            double after = table[cut * states + (set + sets.stride[to]) * model.classes + to];
            if (model.transfer[cut][from * model.classes + to] < Double.POSITIVE_INFINITY && after < least) {
                least = Math.min(least, sum.transfer(set, cut, from, to) + after);
            }
        }
        return least;
    }

    private void boundPeriods(int cut) {
        for (int set = 0; set <= sets.all; set++) {
            for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
                period[cut * states + set * model.classes + deviceClass] =
                        sets.contains(set, deviceClass) ? boundPeriod(cut, set, deviceClass) : Double.POSITIVE_INFINITY;
            }
        }
    }

    private double boundPeriod(int cut, int set, int deviceClass) {
        double least = Double.POSITIVE_INFINITY;
        for (int end = cut + 1; end <= model.limit[deviceClass][cut]; end++) {
            double seconds = model.seconds(deviceClass, cut, end);
            if (seconds >= least) {
                return least;
            }
            if (end == model.layers) {
                double back = model.results[deviceClass];
                return Math.min(least, model.blocking ? seconds + back : Math.max(seconds, back));
            }
            for (long rest = model.cutAllowed[end] ? free[set] : 0; rest != 0; rest &= rest - 1) {
                int to = Long.numberOfTrailingZeros(rest);
                double transfer = model.transfer[end][deviceClass * model.classes + to];
                double load = model.blocking ? seconds + transfer : Math.max(seconds, transfer);
                if (load < least) {
                    double after = period[end * states + (set + sets.stride[to]) * model.classes + to];
                    least = Math.min(least, Math.max(load, after));
                }
            }
        }
        return least;
    }

    private double leastAtStart(double[] table, double[] first) {
        double least = Double.POSITIVE_INFINITY;
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            least = Math.min(
                    least, Math.max(first[deviceClass], table[sets.stride[deviceClass] * model.classes + deviceClass]));
        }
        return least;
    }

    /** Returns the index of a stage that starts. */
    int state(int cut, int set, int deviceClass) {
        return cut * states + set * model.classes + deviceClass;
    }

    int statesPerCut() {
        return states;
    }

    /** Returns the classes with a device that is left, as bits; none if there are as many stages as there may be. */
    long free(int set) {
        return free[set];
    }

    /** Returns the watts at which the devices of a set wait, and what waits in any case. */
    double watts(int set) {
        return watts[set];
    }

    /** Returns the watts at which all devices wait. */
    double greatestWatts() {
        return watts[sets.all];
    }

    /** Returns a lower bound of the period in seconds. */
    double leastPeriod() {
        return leastPeriod;
    }

    double response(int state) {
        return response[state];
    }

    double price(int state) {
        return price[state];
    }

    double period(int state) {
        return period[state];
    }

    /** Returns energy that includes what waits during the rest of the response time. */
    double joules(int state) {
        return joules[state];
    }
}
