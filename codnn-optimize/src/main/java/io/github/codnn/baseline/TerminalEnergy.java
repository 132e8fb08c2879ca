package io.github.codnn.baseline;

import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.platform.Link;
import io.github.codnn.scenario.Scenario;
import java.util.List;
import java.util.Optional;

/**
 * What a frame of a task takes from one device: its layers, and either its own end of each of its transfers or all
 * transfers at both ends. The energy of a transfer divides between its ends as the power of the link does; where the
 * link states none, the device bears all of it.
 */
final class TerminalEnergy {

    private final CompiledScenario compiled;
    private final int task;
    private final int terminal;
    private final boolean ownEnds; // whether only the ends of the transfers at the terminal count
    private final double[] sending; // [receiver] the terminal's share of the energy of a transfer
    private final double[] receiving; // [sender]

    TerminalEnergy(CompiledScenario compiled, int task, int terminal, boolean ownEnds) {
        this.compiled = compiled;
        this.task = task;
        this.terminal = terminal;
        this.ownEnds = ownEnds;
        int devices = compiled.deviceCount();
        sending = new double[devices];
        receiving = new double[devices];
        for (int device = 0; device < devices; device++) {
            sending[device] = share(terminal, device, true);
            receiving[device] = share(device, terminal, false);
        }
    }

    private double share(int from, int to, boolean ofSender) {
        if (from == to) {
            return 0;
        }
        Scenario scenario = compiled.scenario();
        List<String> names = scenario.deviceNames();
        Optional<Link> link = scenario.platform().link(names.get(from), names.get(to));
        double transmit =
                link.map(any -> any.transmit().watts(any.bytesPerSecond())).orElse(0.0);
        double receive =
                link.map(any -> any.receive().watts(any.bytesPerSecond())).orElse(0.0);
        double own = ofSender ? transmit : receive;
        return transmit + receive > 0 ? own / (transmit + receive) : 1;
    }

    /** Returns the energy of one frame under a placement, in joules. */
    double joules(int[] placement) {
        double joules = 0;
        for (int layer = compiled.firstLayer(task); layer < compiled.firstLayer(task + 1); layer++) {
            joules += placement[layer] == terminal ? compiled.joules(layer, terminal) : 0;
        }
        for (int tensor = compiled.firstTensor(task); tensor < compiled.firstTensor(task + 1); tensor++) {
            int from = compiled.producer(tensor) < 0 ? compiled.source(task) : placement[compiled.producer(tensor)];
            if (from >= 0) {
                joules += sendJoules(tensor, from, placement);
            }
        }
        return joules;
    }

    /** A tensor goes to each device that reads it once, and to the sink if it is a result. */
    private double sendJoules(int tensor, int from, int[] placement) {
        double joules = 0;
        boolean[] reached = new boolean[compiled.deviceCount()];
        reached[from] = true;
        for (int consumer : compiled.consumers(tensor)) {
            int to = placement[consumer];
            joules += reached[to] ? 0 : transferJoules(tensor, from, to);
            reached[to] = true;
        }
        int sink = compiled.sink(task);
        boolean returns = compiled.isDelivered(tensor) && sink >= 0 && !reached[sink];
        return returns ? joules + transferJoules(tensor, from, sink) : joules;
    }

    private double transferJoules(int tensor, int from, int to) {
        if (!ownEnds) {
            return compiled.transferJoules(tensor, from, to);
        }
        if (from == terminal) {
            return sending[to] * compiled.transferJoules(tensor, from, to);
        }
        return to == terminal ? receiving[from] * compiled.transferJoules(tensor, from, to) : 0;
    }
}
