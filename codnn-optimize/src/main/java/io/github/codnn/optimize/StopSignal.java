package io.github.codnn.optimize;

import io.github.codnn.plan.StopReason;
import java.util.Optional;

/**
 * Lets long loops ask the stop rule without paying for it at each step: they count their work and the rule is asked
 * every {@value #WORK_PER_CHECK} units, a few milliseconds at the most.
 */
public final class StopSignal {

    private static final int WORK_PER_CHECK = 1 << 17;

    private final SearchRun run;
    private final long max; // units
    private long done;
    private Optional<StopReason> reason = Optional.empty();
    private int work;

    public StopSignal(SearchRun run) {
        this(run, Long.MAX_VALUE);
    }

    /** For work that is given up after so many units. */
    public StopSignal(SearchRun run, long max) {
        this.run = run;
        this.max = max;
    }

    /** Counts work and tells whether to stop; once it says so it stays so. */
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

    /** Ends the search for a reason of its own. */
    public void raise(StopReason why) {
        if (reason.isEmpty()) {
            reason = Optional.of(why);
        }
    }

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

    public Optional<StopReason> reason() {
        return reason;
    }
}
