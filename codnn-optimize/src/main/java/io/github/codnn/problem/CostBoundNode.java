package io.github.codnn.problem;

import java.util.List;

/**
 * The plans whose makespan lies between two times and that use some devices and do not use others, and the best bound
 * of {@link CostRelaxation} for them. Nothing changes its arrays.
 */
final class CostBoundNode {

    /** The least makespan, in seconds. */
    final double from;

    /** The greatest makespan, in seconds, may be infinite. */
    final double to;

    /** Whether each device runs layers; sources and sinks are ON. */
    final State[] states;

    /** A lower bound of the cost of its plans. */
    final double bound;

    /** The best multipliers known. */
    final double[] multipliers;

    /** Which share of the fixed charge of each device the relaxation pays, from 0 to 1. */
    final double[] shares;

    /** How often the relaxation lets a task run layers on each device, from never at 0 to always at 1. */
    final double[] visits;

    /** Whether a device runs layers. */
    enum State {
        FREE,
        ON,
        OFF
    }

    CostBoundNode(double from, double to, State[] states, double[] multipliers) {
        this(
                from,
                to,
                states,
                Double.NEGATIVE_INFINITY,
                multipliers,
                new double[states.length],
                new double[states.length]);
    }

    private CostBoundNode(
            double from,
            double to,
            State[] states,
            double bound,
            double[] multipliers,
            double[] shares,
            double[] visits) {
        this.from = from;
        this.to = to;
        this.states = states;
        this.bound = bound;
        this.multipliers = multipliers;
        this.shares = shares;
        this.visits = visits;
    }

    boolean isFree(int device) {
        return states[device] == State.FREE;
    }

    CostBoundNode withBound(double newBound, double[] newMultipliers) {
        return new CostBoundNode(from, to, states, newBound, newMultipliers, shares, visits);
    }

    CostBoundNode withUse(double[] newShares, double[] newVisits) {
        return new CostBoundNode(from, to, states, bound, multipliers, newShares, newVisits);
    }

    private CostBoundNode with(double newFrom, double newTo, State[] newStates) {
        return new CostBoundNode(newFrom, newTo, newStates, bound, multipliers, shares, visits);
    }

    /** Splits this node at a makespan, in seconds. */
    List<CostBoundNode> split(double makespan) {
        return List.of(with(from, makespan, states), with(makespan, to, states));
    }

    /**
     * Splits this node by whether any more of some equal devices is used. Since they can be swapped, it is the first of
     * them if any is, and if it is not, none is.
     */
    List<CostBoundNode> split(List<Integer> equal) {
        State[] on = states.clone();
        State[] off = states.clone();
        boolean first = true;
        for (int device : equal) {
            if (isFree(device)) {
                on[device] = first ? State.ON : State.FREE;
                off[device] = State.OFF;
                first = false;
            }
        }
        return List.of(with(from, to, on), with(from, to, off));
    }
}
