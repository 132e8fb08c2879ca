package io.github.codnn.progress;

import java.io.Console;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** The progress of commands whose steps are known, on standard error, gone when it ends. */
public final class StepBar {

    private StepBar() {}

    /**
     * Tells whether a person may be watching. From JDK 22 on there is a console without a terminal, too.
     *
     * @return whether standard output is a terminal
     */
    @SuppressWarnings("SystemConsoleNull")
    public static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true; // before JDK 22
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /**
     * Starts a bar, which shows nothing where nobody is watching.
     *
     * @param command the name of the command
     * @param steps how many steps there are
     * @param quiet whether to show nothing anyway
     * @return the bar, to be closed
     */
    public static ProgressBar start(String command, long steps, boolean quiet) {
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName(command)
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.ASCII)
                .clearDisplayOnFinish();
        return quiet || !isTerminal()
                ? builder.setConsumer(new DelegatingProgressBarConsumer(line -> {}))
                        .build()
                : builder.build();
    }
}
