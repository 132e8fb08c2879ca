package io.github.codnn.plan;

/**
 * What one frame of each task does under a placement: the loads of devices, links and media and the response times.
 * Holds the results of the last run. Not thread-safe; allocates nothing.
 */
interface Loads {

    /**
     * Computes the loads of a placement.
     *
     * @param placement the device of every layer; must not change while the results are read
     */
    void run(int[] placement);

    /** Returns the device of every layer of {@link CompiledScenario#opened()} in the last run. */
    int[] openedPlacement();

    /** Returns the greatest load, of all tasks together, among what a task uses, in seconds. */
    double greatestLoad(int task);

    /** Returns the response time of a task in seconds. */
    double responseSeconds(int task);

    /** Returns how long a device computes for one frame of a task, in seconds. */
    double computeSeconds(int task, int device);

    /** Returns the energy of computing one frame of a task, in joules. */
    double computeJoules(int task);

    /** Returns the energy of the transfers of one frame of a task, in joules. */
    double transferJoules(int task);

    boolean runsLayers(int device);

    /** Returns the number of devices that run layers. */
    int devicesUsed();

    /** Returns the number of transfers between devices that no link connects. */
    int missingLinks();

    /** Returns the number of devices, over all tasks, that run more than the one stage that the rules allow. */
    int stageViolation();
}
