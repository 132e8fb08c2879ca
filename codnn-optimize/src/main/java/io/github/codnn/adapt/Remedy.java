package io.github.codnn.adapt;

import io.github.codnn.cost.CostModel;
import io.github.codnn.plan.Plan;
import io.github.codnn.planner.Planner;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Medium;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Fitness;
import io.github.codnn.scenario.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a change of the platform would bring: the best plan that is found with it.
 *
 * @param change the change, for people
 * @param scenario the changed problem
 * @param result what the planner finds for it, and its bound; never worse than the present plan if that still works
 * @param gain by how much the value falls, relative to that of the present plan; negative if it rises
 */
public record Remedy(String change, Scenario scenario, WhatIf result, double gain) {

    /** Checks the components. */
    public Remedy {
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(scenario, "scenario");
        Objects.requireNonNull(result, "result");
    }

    /**
     * Plans anew for each device twice as fast, each link that the plan uses (or its medium) twice as fast, and one
     * more device of each kind.
     *
     * @param plan the present plan
     * @param planner how to plan, once for each change
     * @param fitness what to minimise
     * @return the changes, the one with the greatest gain first
     * @throws io.github.codnn.CodnnException if a cost is missing
     */
    public static List<Remedy> of(Plan plan, Planner planner, Fitness fitness) {
        double present = fitness.of(plan.metrics());
        List<Remedy> remedies = new ArrayList<>();
        changes(plan).forEach((change, scenario) -> {
            WhatIf result = WhatIf.of(plan, scenario, planner, fitness);
            double value = result.replanned().value();
            remedies.add(new Remedy(change, scenario, result, present > 0 ? (present - value) / present : 0));
        });
        remedies.sort(Comparator.comparingDouble(Remedy::gain).reversed());
        return List.copyOf(remedies);
    }

    /** Returns the changed problems by what has changed. */
    private static Map<String, Scenario> changes(Plan plan) {
        Scenario scenario = plan.scenario();
        Platform platform = scenario.platform();
        Map<String, Scenario> changes = new LinkedHashMap<>();
        for (Device device : platform.devices()) {
            CostModel faster = CostModel.withSpeed(scenario.costModel(), device.name(), 2);
            changes.put(device.name() + " twice as fast", scenario.withCostModel(faster));
        }
        Set<String> media = new LinkedHashSet<>();
        for (Plan.TransferLoads.OfLink used : plan.transferLoads().links()) {
            Link link = platform.link(used.from(), used.to()).orElseThrow();
            if (link.medium().isPresent()) {
                media.add(link.medium().get());
            } else {
                Platform faster = platform.withLinks(
                        used.from(), used.to(), each -> each.withBytesPerSecond(2 * each.bytesPerSecond()));
                changes.put(used.from() + " -> " + used.to() + " twice as fast", scenario.withPlatform(faster));
            }
        }
        for (Medium medium : platform.media()) {
            if (media.contains(medium.name())) {
                Platform faster = platform.withMediumRate(medium.name(), 2 * medium.bytesPerSecond());
                changes.put(medium.name() + " twice as fast", scenario.withPlatform(faster));
            }
        }
        Set<String> kinds = new LinkedHashSet<>();
        for (Device device : platform.devices()) {
            if (kinds.add(device.kind())) {
                Platform more = platform.withCopy(free(platform, device.name()), device.name());
                changes.put("one more device like " + device.name(), scenario.withPlatform(more));
            }
        }
        return changes;
    }

    private static String free(Platform platform, String name) {
        Set<String> taken = new LinkedHashSet<>(
                platform.devices().stream().map(Device::name).toList());
        int number = 2;
        while (taken.contains(name + "-" + number)) {
            number++;
        }
        return name + "-" + number;
    }
}
