package io.github.codnn.optimize;

import io.github.codnn.plan.StopReason;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks the stop rule in long loops at low cost: loops count their work, and the rule is asked every
 * {@value #WORK_PER_CHECK} units, which take a few milliseconds at most. For the engines of this module. Not
 * thread-safe.
 */
public final class StopSignal {

    private static final int WORK_PER_CHECK = 1 << 17;

    private final SearchRun run;
    private final long max; // units
    private long done;
    private Optional<StopReason> reason = Optional.empty();
    private int work;

    /**
     * Makes a signal for unlimited work.
     *
     * @param run the run whose stop rule is asked
     */
    public StopSignal(SearchRun run) {
        this(run, Long.MAX_VALUE);
    }

    /**
     * Makes a signal for work that is given up after some units.
     *
     * @param run the run whose stop rule is asked
     * @param max the greatest number of units, positive
     */
    public StopSignal(SearchRun run, long max) {
        this.run = Objects.requireNonNull(run, "run");
        this.max = max;
    }

    /**
     * Counts work and tells whether to stop.
     *
     * @param units the units of work done since the last call, zero or more
     * @return whether to stop; once true, it stays so
     */
    public boolean isRaised(int units) {
        work += units;
        if (work >= WORK_PER_CHECK) {
            done += work;
            work = 0;
            if (reason.isEmpty()) {
                reason = done > max ? Optional.of(StopReason.COMPLETED) : run.checkStop();
            }
        }
        return reason.isPresent();
    }

    /**
     * Raises the signal, unless it is raised already.
     *
     * @param why the reason to stop
     */
    public void raise(StopReason why) {
        if (reason.isEmpty()) {
            reason = Optional.of(why);
        }
    }

    /**
     * Tells whether to stop, without counting work.
     *
     * @return whether to stop
     */
    public boolean isRaised() {
        return reason.isPresent();
    }

    /** Ends an iteration of the search. */
    public void endIteration() {
        Optional<StopReason> stop = run.endIteration();
        if (reason.isEmpty()) {
            reason = stop;
        }
    }

    /**
     * Returns the reason to stop.
     *
     * @return the reason, or nothing while the search goes on
     */
    public Optional<StopReason> reason() {
        return reason;
    }
}
