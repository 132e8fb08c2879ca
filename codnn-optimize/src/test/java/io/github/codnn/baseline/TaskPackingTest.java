package io.github.codnn.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.platform.Device;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.IdlePolicy;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.testproblems.HandMade;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Packings of tasks by hand, and against the rule on drawn tasks. */
class TaskPackingTest {

    private static List<List<Integer>> placements(Scenario scenario, int targets) {
        return new TaskPacking(CompiledScenario.of(scenario))
                .placements(targets).stream()
                        .map(placement -> Arrays.stream(placement).boxed().toList())
                        .toList();
    }

    private static Task[] singleLayers(int count) {
        return IntStream.range(0, count)
                .mapToObj(task -> HandMade.chain(task, 0, 0))
                .toArray(Task[]::new);
    }

    /** Nothing but the energy of layers counts: each task goes where it takes least of it. */
    @Test
    void placements_roomForAll_takesTheLeastEnergy() {
        double[][] seconds = {{1, 1}, {1, 1}, {1, 1}};
        double[][] joules = {{1, 2}, {3, 1}, {1, 5}};

        // The least target of 1 s leaves room for two tasks only, but 30 s for all three. The first one opens device 0
        // for itself, and by the means
        // (1 + 3 + 1) / 3 < (2 + 1 + 5) / 3, too; task 1 then opens device 1: 1 or (1 + 5) / 2 = 3, which does not pay.
        assertThat(placements(HandMade.scenario(seconds, joules, singleLayers(3)), 2))
                .containsExactly(List.of(0, 0, 0), List.of(0, 0, 0), List.of(0, 1, 0));
    }

    /** The least target is what the longest task takes: one second, room for one task on each device. */
    @Test
    void placements_leastTarget_putsOneTaskOnEachDevice() {
        double[][] seconds = {{1, 1}, {1, 1}};
        double[][] joules = {{1, 2}, {1, 2}};

        assertThat(placements(HandMade.scenario(seconds, joules, singleLayers(2)), 2)
                        .subList(0, 3))
                .containsOnly(List.of(0, 1));
    }

    @Test
    void placements_taskThatFitsNowhere_areNone() {
        double[][] seconds = {{1}, {1}};
        Scenario scenario = HandMade.scenario(seconds, singleLayers(2));

        assertThat(placements(scenario, 2)).hasSize(3).containsOnly(List.of(0, 0));
    }

    @Test
    void placements_drawnTasks_followTheRule() {
        int some = 0;
        for (long seed = 0; seed < 150; seed++) {
            Scenario scenario = drawn(new SplittableRandom(seed));
            int targets = 1 + (int) (seed % 3);

            List<List<Integer>> placements = placements(scenario, targets);

            assertThat(placements).as("seed " + seed).isEqualTo(new Rule(scenario).placements(targets));
            some += placements.isEmpty() ? 0 : 1;
        }
        assertThat(some).isGreaterThan(60);
    }

    /** Draws seven tasks of two layers on three devices, with everything that packings depend on. */
    private static Scenario drawn(SplittableRandom random) {
        double[][] seconds = new double[14][3];
        double[][] joules = new double[14][3];
        for (int layer = 0; layer < 14; layer++) {
            for (int device = 0; device < 3; device++) {
                seconds[layer][device] = 1 + random.nextDouble();
                joules[layer][device] = 5 + 10 * random.nextDouble();
            }
        }
        seconds[random.nextInt(14)][random.nextInt(3)] = Double.POSITIVE_INFINITY;
        Task[] tasks = new Task[7];
        for (int each = 0; each < tasks.length; each++) {
            Task task = HandMade.chain(2 * each, 0, 0, 0).withFrames(1 + random.nextInt(5));
            task = random.nextInt(3) == 0 ? task.withDeadline(Deadline.onMean(4 + 8 * random.nextDouble())) : task;
            task = random.nextInt(4) == 0 ? task.withPinned(Map.of("l" + (2 * each), "d" + random.nextInt(3))) : task;
            tasks[each] = random.nextInt(8) == 0 ? HandMade.between(task, random.nextInt(3), -1) : task;
        }
        Scenario scenario = HandMade.scenario(seconds, joules, tasks);
        for (int device = 0; device < 3; device++) {
            Device plain = HandMade.device(scenario, device);
            scenario = HandMade.with(
                    scenario, plain.withWatts(5, 2 * random.nextDouble()).withSwitchOnJoules(20 * random.nextDouble()));
        }
        return random.nextInt(5) == 0 ? scenario.withIdle(IdlePolicy.ALL) : scenario;
    }

    /** The rule, with the three ways to count what a device costs that is not in use yet. */
    private static final class Rule {

        private final Scenario scenario;
        private final CompiledScenario compiled;
        private final int tasks;

        Rule(Scenario scenario) {
            this.scenario = scenario;
            compiled = CompiledScenario.of(scenario);
            tasks = compiled.taskCount();
        }

        List<List<Integer>> placements(int targets) {
            double least = 0;
            for (int task = 0; task < tasks; task++) {
                int each = task;
                double fastest = IntStream.range(0, compiled.deviceCount())
                        .mapToDouble(device -> seconds(each, device))
                        .min()
                        .orElseThrow();
                least = Math.max(least, compiled.frames(task) * fastest);
            }
            List<List<Integer>> placements = new ArrayList<>();
            if (least == Double.POSITIVE_INFINITY) {
                return placements; // a task can run nowhere
            }
            for (int target = 0; target < targets; target++) {
                double exponent = targets == 1 ? 0.5 : (double) target / (targets - 1);
                for (int most : new int[] {tasks, 4, 0}) {
                    List<Integer> packed = packed(least * Math.pow(30, exponent), most);
                    if (!packed.isEmpty()) {
                        placements.add(packed);
                    }
                }
            }
            return placements;
        }

        /** With at most so many tasks in the mean; 0 for the task itself. */
        private List<Integer> packed(double makespan, int most) {
            double[] room = new double[tasks];
            Arrays.setAll(room, task -> Math.min(makespan / compiled.frames(task), compiled.deadlineSeconds(task)));
            List<Integer> waiting =
                    new ArrayList<>(IntStream.range(0, tasks).boxed().toList());
            waiting.sort(Comparator.comparing(task -> room[task]));
            Integer[] placement = new Integer[2 * tasks];
            Double[] left = new Double[compiled.deviceCount()]; // null while a device is not in use
            while (!waiting.isEmpty()) {
                int task = waiting.get(0);
                int best = -1;
                double least = Double.POSITIVE_INFINITY;
                for (int device = 0; device < left.length; device++) {
                    boolean isOpen = left[device] != null;
                    boolean fits = seconds(task, device) <= (isOpen ? left[device] : room[task]);
                    double cost = !fits
                            ? Double.POSITIVE_INFINITY
                            : isOpen ? joules(task, device) : opening(waiting, room[task], device, makespan, most);
                    best = cost < least ? device : best;
                    least = Math.min(least, cost);
                }
                if (best < 0) {
                    return List.of();
                }
                left[best] = (left[best] == null ? room[task] : left[best]) - seconds(task, best);
                placement[2 * task] = best;
                placement[2 * task + 1] = best;
                waiting.remove(0);
            }
            return List.of(placement);
        }

        private double opening(List<Integer> waiting, double room, int device, double makespan, int most) {
            double free = room;
            List<Integer> guests = new ArrayList<>();
            for (int task : waiting) {
                if (seconds(task, device) <= free && (most == 0 || guests.size() < most)) {
                    free -= seconds(task, device);
                    guests.add(task);
                }
            }
            Device opened = HandMade.device(scenario, device);
            boolean isEnd = scenario.workload().tasks().stream()
                    .anyMatch(task -> task.source().equals(Optional.of(opened.name())));
            boolean waits = isEnd || scenario.rules().idle() == IdlePolicy.ALL;
            double fixed = (waits ? 0 : opened.idleWatts() * makespan) + (isEnd ? 0 : opened.switchOnJoules());
            if (most == 0) {
                return fixed / guests.size() + joules(waiting.get(0), device);
            }
            double sum = 0;
            for (int guest : guests) {
                sum += joules(guest, device);
            }
            return (fixed + sum) / guests.size();
        }

        private double seconds(int task, int device) {
            double seconds = 0;
            for (int layer = 2 * task; layer < 2 * task + 2; layer++) {
                boolean isElsewhere = compiled.pinned(layer) >= 0 && compiled.pinned(layer) != device;
                seconds += isElsewhere ? Double.POSITIVE_INFINITY : compiled.seconds(layer, device);
            }
            return seconds;
        }

        private double joules(int task, int device) {
            double joules = 0;
            for (int layer = 2 * task; layer < 2 * task + 2; layer++) {
                double idle = HandMade.device(scenario, device).idleWatts() * compiled.seconds(layer, device);
                joules += compiled.frames(task) * (compiled.joules(layer, device) - idle);
            }
            return joules;
        }
    }
}
