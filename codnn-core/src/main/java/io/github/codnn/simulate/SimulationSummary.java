package io.github.codnn.simulate;

import io.github.codnn.plan.BatchCosts;
import io.github.codnn.scenario.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Sums what a finished simulation observed. */
final class SimulationSummary {

    private final Scenario scenario;
    private final BatchCosts costs;
    private final SimulationRun run;
    private final double[] computeSeconds; // [device]
    private final boolean[] runsLayers; // [device]
    private final Map<Integer, Double> onMedia = new HashMap<>(); // busy seconds of links that share a medium
    private double computeJoules;
    private double transferJoules;

    private SimulationSummary(Scenario scenario, SimulationRun run) {
        this.scenario = scenario;
        this.run = run;
        costs = BatchCosts.of(scenario);
        computeSeconds = new double[scenario.platform().devices().size()];
        runsLayers = new boolean[computeSeconds.length];
    }

    /**
     * Summarises a run.
     *
     * @param scenario the scenario
     * @param operations the operations of one frame of each task
     * @param run the finished run
     * @return the summary
     */
    static Simulation of(Scenario scenario, List<List<FrameOperations.Operation>> operations, SimulationRun run) {
        SimulationSummary summary = new SimulationSummary(scenario, run);
        for (int task = 0; task < operations.size(); task++) {
            summary.add(operations.get(task), summary.costs.frames(task));
        }
        return summary.result();
    }

    private void add(List<FrameOperations.Operation> operations, double frames) {
        for (FrameOperations.Operation operation : operations) {
            if (operation.isTransfer()) {
                transferJoules += frames * operation.joules();
                if (!operation.resources().contains(operation.link())) {
                    onMedia.merge(operation.link(), frames * operation.seconds(), Double::sum);
                }
            } else {
                int device = operation.resources().get(0);
                computeJoules += frames * operation.joules();
                computeSeconds[device] += frames * operation.seconds();
                runsLayers[device] = true;
            }
        }
    }

    private Simulation result() {
        double makespan = run.makespan();
        double idleJoules = 0;
        double switchOnJoules = 0;
        for (int device = 0; device < runsLayers.length; device++) {
            switchOnJoules += costs.switchOnJoules(device, runsLayers[device]);
            idleJoules += costs.idleJoules(device, runsLayers[device], makespan, computeSeconds[device]);
        }
        List<Simulation.TaskRun> tasks = IntStream.range(
                        0, scenario.workload().tasks().size())
                .mapToObj(run::taskRun)
                .toList();
        return new Simulation(tasks, uses(), makespan, computeJoules, idleJoules, transferJoules, switchOnJoules);
    }

    private List<Simulation.ResourceUse> uses() {
        List<String> names = scenario.deviceNames();
        List<Simulation.ResourceUse> uses = new ArrayList<>();
        for (int device = 0; device < names.size(); device++) {
            if (runsLayers[device] || costs.isEnd(device)) {
                uses.add(use(names.get(device), device));
            }
        }
        for (int from = 0; from < names.size(); from++) {
            for (int to = 0; to < names.size(); to++) {
                int link = FrameOperations.link(from, to, names.size());
                String name = names.get(from) + " -> " + names.get(to);
                if (run.isUsed(link)) {
                    uses.add(use(name, link));
                } else if (onMedia.containsKey(link)) {
                    uses.add(use(name, onMedia.getOrDefault(link, 0.0)));
                }
            }
        }
        List<String> media = FrameOperations.media(scenario.platform());
        for (int medium = 0; medium < media.size(); medium++) {
            int resource = FrameOperations.link(names.size(), 0, names.size()) + medium;
            if (run.isUsed(resource)) {
                uses.add(use(media.get(medium), resource));
            }
        }
        return uses;
    }

    private Simulation.ResourceUse use(String name, int resource) {
        return use(name, run.busySeconds(resource));
    }

    private Simulation.ResourceUse use(String name, double busy) {
        return new Simulation.ResourceUse(name, busy, run.makespan() > 0 ? busy / run.makespan() : 0);
    }
}
