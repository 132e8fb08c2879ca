package io.github.codnn.report;

import io.github.codnn.CodnnException;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.TaskMetrics;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.simulate.Activity;
import io.github.codnn.simulate.PipelineSimulator;
import io.github.codnn.simulate.Simulation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Simulates a few frames of a plan. */
final class TimelineSource {

    private static final int FEW_FRAMES = 3; // after the first frame is done
    private static final long MOST_FRAMES = 24; // of a task
    private static final long MOST_OPERATIONS = 60_000; // of all frames
    private static final double CLOSE = 1e-9; // relative to the end, between two bars that are one

    private final Plan plan;
    private final List<String> tasks;
    private final List<String> devices;
    private final Map<String, List<Activity>> byResource = new LinkedHashMap<>();

    private TimelineSource(Plan plan) {
        this.plan = plan;
        tasks = plan.scenario().workload().tasks().stream().map(Task::name).toList();
        devices = plan.scenario().deviceNames();
    }

    /**
     * Simulates until the first frame of every task is done and a few more.
     *
     * @param plan the plan
     * @return what every resource does; empty if a transfer has no link or the network is too large
     */
    static Optional<Timeline> of(Plan plan) {
        try {
            return Optional.of(new TimelineSource(plan).timeline());
        } catch (CodnnException impossible) {
            return Optional.empty();
        }
    }

    private Timeline timeline() {
        Scenario few = plan.scenario().withWorkload(new Workload(fewFrames()));
        Simulation simulation = PipelineSimulator.of(few)
                .simulate(
                        plan.placement(),
                        activity -> activity.resources()
                                .forEach(resource -> byResource
                                        .computeIfAbsent(resource, any -> new ArrayList<>())
                                        .add(activity)));
        double most = simulation.resources().stream()
                .filter(use -> byResource.containsKey(use.resource()))
                .mapToDouble(Simulation.ResourceUse::busySeconds)
                .max()
                .orElse(0);
        List<Timeline.Row> rows = simulation.resources().stream()
                .filter(use -> byResource.containsKey(use.resource()))
                .map(use -> row(use, most, simulation.makespanSeconds()))
                .toList();
        return new Timeline(tasks, simulation.makespanSeconds(), rows);
    }

    private List<Task> fewFrames() {
        double horizon = plan.metrics().tasks().stream()
                .mapToDouble(task -> task.responseSeconds() + FEW_FRAMES * task.periodSeconds())
                .max()
                .orElseThrow();
        long layers = plan.scenario().workload().layerCount();
        long most = Math.max(2, Math.min(MOST_FRAMES, MOST_OPERATIONS / Math.max(1, layers)));
        List<Task> few = new ArrayList<>();
        for (Task task : plan.scenario().workload().tasks()) {
            TaskMetrics metrics = plan.metrics().tasks().get(few.size());
            double wanted = metrics.periodSeconds() > 0 ? Math.ceil(horizon / metrics.periodSeconds()) : 1;
            // A pipeline of one frame is shown with a few, because they show what limits the throughput.
            few.add(task.withFrames(Math.max(1, Math.min(most, (long) wanted))));
        }
        return few;
    }

    private Timeline.Row row(Simulation.ResourceUse use, double most, double end) {
        List<Activity> activities = new ArrayList<>(byResource.getOrDefault(use.resource(), List.of()));
        activities.sort(Comparator.comparingDouble(Activity::startSeconds));
        List<Timeline.Bar> bars = new ArrayList<>();
        List<Activity> together = new ArrayList<>();
        for (Activity activity : activities) {
            if (!together.isEmpty() && !isOne(together.get(together.size() - 1), activity, end)) {
                bars.add(bar(together));
                together.clear();
            }
            together.add(activity);
        }
        if (!together.isEmpty()) {
            bars.add(bar(together));
        }
        boolean isBottleneck = use.busySeconds() >= most * (1 - CLOSE);
        return new Timeline.Row(use.resource(), devices.indexOf(use.resource()), use.busySeconds(), isBottleneck, bars);
    }

    private static boolean isOne(Activity before, Activity after, double end) {
        return before.task().equals(after.task())
                && before.frame() == after.frame()
                && before.transfer() == after.transfer()
                && after.startSeconds() - before.endSeconds() <= CLOSE * end;
    }

    private Timeline.Bar bar(List<Activity> together) {
        Activity first = together.get(0);
        Activity last = together.get(together.size() - 1);
        String what = first.transfer()
                ? together.size() == 1 ? "sends " + first.name() : "sends " + together.size() + " tensors"
                : together.size() == 1
                        ? first.name()
                        : together.size() + " layers, " + first.name() + " to " + last.name();
        return new Timeline.Bar(
                tasks.indexOf(first.task()), first.frame() + 1, first.startSeconds(), last.endSeconds(), what);
    }
}
