package io.github.codnn.problem;

import io.github.codnn.plan.BatchCosts;
import io.github.codnn.plan.CompiledScenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tasks of a {@link CostRelaxation}, equal ones together, and the limits that a {@link CostBoundNode} puts on them.
 * Not thread-safe.
 */
final class CostDemands {

    /** Deadlines and capacities are compared with rounded sums. */
    private static final double ROOM = 1 + 1e-9;

    private final CompiledScenario compiled;
    private final List<Demand> demands;
    private final double[] leastPeriod; // [demand]
    private final double[] leastResponse; // [demand]
    private final int[] leader; // [demand] the first with the same costs and limits in the current node
    private final int[] count; // [demand] tasks that it leads
    private final double[] weight; // [demand] one over the load that a resource it uses may have, 0 without a limit
    private final double[] longest; // [demand] that load
    private final double[] responseLimit; // [demand]
    private final double[] responseRoom; // [demand] between that and the least response time, infinite without a limit

    /**
     * Equal tasks.
     *
     * @param task the first of them
     * @param count how many
     * @param costs the cost of one of them
     */
    private record Demand(int task, int count, RelaxedTaskCosts costs) {}

    /**
     * Collects the tasks.
     *
     * @param inPairs whether networks with branches pay for transfers, too, if they are small enough
     */
    CostDemands(CompiledScenario compiled, RelaxedTaskCosts.Costs costs, boolean inPairs) {
        this.compiled = compiled;
        demands = demands(compiled, costs, inPairs);
        PeriodBound period = new PeriodBound(compiled);
        ResponseBound response = new ResponseBound(compiled);
        leastPeriod = demands.stream()
                .mapToDouble(demand ->
                        Math.max(period.of(demand.task()), demand.costs().leastPeriod()))
                .toArray();
        leastResponse = demands.stream()
                .mapToDouble(demand -> response.of(demand.task()))
                .toArray();
        leader = new int[demands.size()];
        count = new int[demands.size()];
        weight = new double[demands.size()];
        longest = new double[demands.size()];
        responseLimit = new double[demands.size()];
        responseRoom = new double[demands.size()];
    }

    private static List<Demand> demands(CompiledScenario compiled, RelaxedTaskCosts.Costs costs, boolean inPairs) {
        List<RelaxedTaskCosts> ofTasks = RelaxedTaskCosts.of(compiled, costs, inPairs);
        Map<List<Object>, List<Integer>> equal = new LinkedHashMap<>();
        for (int task = 0; task < ofTasks.size(); task++) {
            List<Object> key =
                    List.of(ofTasks.get(task), compiled.deadlineSeconds(task), compiled.isDeadlineOnResponse(task));
            equal.computeIfAbsent(key, any -> new ArrayList<>()).add(task);
        }
        return equal.values().stream()
                .map(tasks -> new Demand(tasks.get(0), tasks.size(), ofTasks.get(tasks.get(0))))
                .toList();
    }

    int size() {
        return demands.size();
    }

    RelaxedTaskCosts costs(int demand) {
        return demands.get(demand).costs();
    }

    /** Returns a lower bound of the makespan in seconds. */
    double leastMakespan() {
        double least = 0;
        for (int demand = 0; demand < size(); demand++) {
            double own = BatchCosts.makespanSeconds(costs(demand).frames, leastPeriod[demand], leastResponse[demand]);
            least = Math.max(least, own / ROOM);
        }
        return least;
    }

    /** Returns a makespan that no plan exceeds, infinite if deadlines do not limit it. */
    double greatestMakespan() {
        double greatest = 0;
        for (int demand = 0; demand < size(); demand++) {
            greatest = Math.max(greatest, ROOM * lastDone(demand));
        }
        return greatest;
    }

    /** Returns when a task must be done for its deadline on the mean time. */
    private double lastDone(int demand) {
        int task = demands.get(demand).task();
        return compiled.isDeadlineOnResponse(task)
                ? Double.POSITIVE_INFINITY
                : compiled.frames(task) * compiled.deadlineSeconds(task);
    }

    /** Computes the limits for makespans up to one; returns false if they cannot be kept. */
    boolean limit(double greatestMakespan) {
        for (int demand = 0; demand < size(); demand++) {
            limit(demand, Math.min(greatestMakespan, ROOM * lastDone(demand)));
            boolean possible = longest[demand] >= 0 && responseLimit[demand] >= 0; // NaN is not
            if (!possible) {
                return false;
            }
            join(demand);
        }
        return true;
    }

    private void limit(int demand, double done) {
        double frames = costs(demand).frames;
        int task = demands.get(demand).task();
        double load = ROOM * (done - leastResponse[demand]) / (frames - 1);
        longest[demand] = frames > 1 ? load : Double.POSITIVE_INFINITY;
        weight[demand] = frames > 1 && load > Double.MIN_NORMAL ? 1 / load : 0;
        double deadline =
                compiled.isDeadlineOnResponse(task) ? compiled.deadlineSeconds(task) : Double.POSITIVE_INFINITY;
        responseLimit[demand] =
                ROOM * Math.min(deadline, done - BatchCosts.entrySpanSeconds(frames, leastPeriod[demand]) / ROOM);
        double room = Math.max(responseLimit[demand] - leastResponse[demand], 1e-3 * responseLimit[demand]);
        responseRoom[demand] = room > Double.MIN_NORMAL ? room : Double.POSITIVE_INFINITY;
    }

    /** Merges a demand into the first one with the same costs and limits, so that both are solved once. */
    private void join(int demand) {
        int first = 0;
        while (costs(first) != costs(demand)
                || longest[first] != longest[demand]
                || responseLimit[first] != responseLimit[demand]) {
            first++;
        }
        leader[demand] = first;
        count[demand] = 0;
        count[first] += demands.get(demand).count();
    }

    /** Returns whether a demand represents all demands that are equal to it in the current node. */
    boolean leads(int demand) {
        return leader[demand] == demand;
    }

    /** Returns for how many tasks a demand stands, 0 if another one leads it. */
    int count(int demand) {
        return count[demand];
    }

    /** Returns one over the longest load of a resource that the demand uses, 0 without a limit. */
    double weight(int demand) {
        return weight[demand];
    }

    /** Returns the longest load of a resource that the demand uses, in seconds. */
    double longest(int demand) {
        return longest[demand];
    }

    boolean limitsResponse(int demand) {
        return responseRoom[demand] < Double.POSITIVE_INFINITY;
    }

    /** Returns the longest response time, in seconds. */
    double responseLimit(int demand) {
        return responseLimit[demand];
    }

    /** Returns the seconds between the least and the longest response time, infinite without a limit. */
    double responseRoom(int demand) {
        return responseRoom[demand];
    }
}
