package io.github.codnn.simulate;

/** A frame in progress. */
final class Frame {

    final TaskProgress task;
    final long number;
    final double entry; // seconds
    final int[] pending; // [operation] how many operations before it are not complete
    final double[] ready; // [operation] completion of the last operation before it, so far
    int remaining; // operations that are not complete
    boolean hasStarted;
    double completion; // of the last operation, so far

    Frame(TaskProgress task, long number) {
        this.task = task;
        this.number = number;
        entry = number * task.pace;
        remaining = task.operations.length;
        pending = new int[remaining];
        ready = new double[remaining];
        for (int operation = 0; operation < remaining; operation++) {
            pending[operation] = task.operations[operation].before().size();
            ready[operation] = entry;
        }
        completion = entry;
    }
}
