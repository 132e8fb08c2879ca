package io.github.codnn.report;

import java.util.List;

/**
 * What devices, links and media do over a few frames in a simulation.
 *
 * @param tasks the names of the tasks
 * @param endSeconds the end of the time axis
 * @param rows a row for each resource that is used, devices first
 */
record Timeline(List<String> tasks, double endSeconds, List<Row> rows) {

    /**
     * One resource.
     *
     * @param name its name
     * @param colour the number of its device; -1 for a link or medium
     * @param busySeconds for how long it is busy in the simulation
     * @param bottleneck whether it is the busiest of all
     * @param bars what it does
     */
    record Row(String name, int colour, double busySeconds, boolean bottleneck, List<Bar> bars) {
        Row {
            bars = List.copyOf(bars);
        }
    }

    /**
     * What a resource does for one frame without a break.
     *
     * @param task the index of the task
     * @param frame the number of the frame, from 1
     * @param startSeconds when it begins
     * @param endSeconds when it ends
     * @param detail what it does
     */
    record Bar(int task, long frame, double startSeconds, double endSeconds, String detail) {}

    Timeline {
        tasks = List.copyOf(tasks);
        rows = List.copyOf(rows);
    }
}
