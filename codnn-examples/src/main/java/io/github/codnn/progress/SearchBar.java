package io.github.codnn.progress;

import io.github.codnn.optimize.Progress;
import io.github.codnn.optimize.SearchListener;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;

/** The progress of a search: evaluations, and the best figure so far. Shows nothing where nobody is watching. */
public final class SearchBar implements SearchListener, AutoCloseable {

    private final ProgressBar bar;
    private long before;
    private long latest;

    /**
     * Starts a bar.
     *
     * @param command the name of the command
     * @param evaluations how many evaluations are expected, negative if that is not known
     * @param quiet whether to show nothing anyway
     */
    public SearchBar(String command, long evaluations, boolean quiet) {
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
            bar.setExtraMessage(String.format(Locale.ROOT, " best %.4g", progress.bestValue()));
        }
    }

    @Override
    public void close() {
        bar.close();
    }
}
