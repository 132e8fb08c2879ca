package io.github.codnn.progress;

import io.github.codnn.optimize.Progress;
import io.github.codnn.optimize.SearchListener;
import io.github.codnn.text.PlanText;
import java.util.Objects;
import me.tongfei.progressbar.ProgressBar;

/** The progress of a search: evaluations, and the best figure so far. Shows nothing where nobody is watching. */
public final class SearchBar implements SearchListener, AutoCloseable {

    private final ProgressBar bar;
    private long before;
    private final String objective;
    private long latest;

    /**
     * Starts a bar.
     *
     * @param command the name of the command
     * @param objective the label of what is minimised, which tells the unit of values
     * @param evaluations how many evaluations are expected, negative if that is not known
     * @param quiet whether to show nothing anyway
     */
    public SearchBar(String command, String objective, long evaluations, boolean quiet) {
        this.objective = Objects.requireNonNull(objective, "objective");
        bar = StepBar.start(command, evaluations, quiet);
    }

    @Override
    public void onProgress(Progress progress) {
        if (progress.evaluations() < latest) {
            before += latest; // another search has begun
        }
        latest = progress.evaluations();
        bar.stepTo(before + latest);
        if (progress.bestValue() < Double.POSITIVE_INFINITY) {
            bar.setExtraMessage(" best " + PlanText.figure(objective, progress.bestValue()));
        }
    }

    @Override
    public void close() {
        bar.close();
    }
}
