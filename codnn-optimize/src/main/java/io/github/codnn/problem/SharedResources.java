package io.github.codnn.problem;

import io.github.codnn.plan.CompiledScenario;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Numbers what tasks load: devices first, then links, where those that share a medium count as one. Immutable. */
final class SharedResources {

    final int count;
    private final int devices;
    private final int[] ofLink; // [from * D + to]

    SharedResources(CompiledScenario compiled) {
        devices = compiled.deviceCount();
        ofLink = new int[devices * devices];
        Map<Integer, Integer> media = new HashMap<>();
        int next = devices;
        for (int link = 0; link < ofLink.length; link++) {
            int medium = compiled.mediumCount() > 0 ? compiled.medium(link / devices, link % devices) : -1;
            Integer known = medium < 0 ? null : media.putIfAbsent(medium, next);
            ofLink[link] = known == null ? next++ : known;
        }
        count = next;
    }

    /** Sets what a second of each resource costs, at most the greatest number, so that no time at all costs nothing. */
    void price(double[] ofResources, double factor, RelaxedTaskCosts.Prices prices) {
        for (int device = 0; device < devices; device++) {
            prices.device[device] = Math.min(Double.MAX_VALUE, factor * ofResources[device]);
        }
        for (int link = 0; link < ofLink.length; link++) {
            prices.link[link] = Math.min(Double.MAX_VALUE, factor * ofResources[ofLink[link]]);
        }
    }

    /** Adds the seconds that a task loads each resource. */
    void add(RelaxedTaskCosts.Usage usage, double factor, double[] loads) {
        for (int device = 0; device < devices; device++) {
            loads[device] += factor * usage.device[device];
        }
        for (int link = 0; link < ofLink.length; link++) {
            loads[ofLink[link]] += factor * usage.link[link];
        }
    }

    /** Returns equal prices. */
    double[] equal() {
        double[] prices = new double[count];
        Arrays.fill(prices, 1.0 / count);
        return prices;
    }
}
