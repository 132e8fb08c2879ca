package io.github.codnn.cli;

import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** The progress of commands whose steps are known, on standard error, gone when it ends. */
final class StepBar {

    private StepBar() {}

    /**
     * Starts a bar.
     *
     * @param command the name of the command
     * @param steps how many steps there are
     * @param quiet whether to show nothing
     * @return the bar, to be closed
     */
    static ProgressBar start(String command, int steps, boolean quiet) {
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName(command)
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.ASCII)
                .clearDisplayOnFinish();
        return quiet
                ? builder.setConsumer(new DelegatingProgressBarConsumer(line -> {}))
                        .build()
                : builder.build();
    }
}
