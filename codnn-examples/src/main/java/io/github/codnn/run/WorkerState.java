package io.github.codnn.run;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import io.github.codnn.observe.TransferLog;
import io.github.codnn.runtime.StageSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What a member keeps for the stages that run on it: files of models, loaded models, and whose turn it is. A model
 * stays loaded after a fault, so that the run can go on at once, until another run needs the member. Thread-safe.
 */
final class WorkerState implements AutoCloseable {

    private static final String KEY = "codnn.worker";

    private final ModelStore store;
    private final Turns turns = new Turns();
    private final TransferLog log = new TransferLog();
    private final Map<String, Loaded> loaded = new HashMap<>();

    private record Loaded(String run, StageModel session, int users) {
        Loaded withUsers(int number) {
            return new Loaded(run, session, number);
        }
    }

    WorkerState(Path folder) {
        this.store = new ModelStore(folder);
    }

    /** Finds the state of a member. */
    static WorkerState of(HazelcastInstance member) {
        Object state = member.getUserContext().get(KEY);
        if (state instanceof WorkerState worker) {
            return worker;
        }
        throw new IllegalStateException("Member " + member.getName() + " was not started to run stages");
    }

    /** Gives the state to a member before it starts, because a job may come as soon as it has joined. */
    void attachTo(Config config) {
        config.getUserContext().put(KEY, this);
        log.attachTo(config);
    }

    ModelStore store() {
        return store;
    }

    TransferLog log() {
        return log;
    }

    Turns turns() {
        return turns;
    }

    synchronized StageModel acquire(Node node) {
        loaded.entrySet().removeIf(entry -> {
            boolean unused =
                    entry.getValue().users() == 0 && !entry.getValue().run().equals(node.run());
            if (unused) {
                entry.getValue().session().close();
            }
            return unused;
        });
        String key = key(node);
        Loaded found = loaded.get(key);
        if (found == null) {
            found = new Loaded(node.run(), open(node), 0);
        }
        loaded.put(key, found.withUsers(found.users() + 1));
        return found.session();
    }

    private StageModel open(Node node) {
        if (!node.endpoint().isEmpty()) {
            return StageModel.connect(node.endpoint(), node.name());
        }
        StageSettings settings =
                StageSettings.withDefaults().withThreads(node.threads()).withOptimized(node.optimized());
        return StageModel.open(store.file(node.folder(), node.file()), settings);
    }

    synchronized void release(Node node) {
        loaded.computeIfPresent(key(node), (key, found) -> found.withUsers(found.users() - 1));
    }

    private static String key(Node node) {
        return node.run() + " " + node.folder() + " " + node.threads() + " " + node.optimized() + " " + node.name();
    }

    @Override
    public synchronized void close() {
        loaded.values().forEach(each -> each.session().close());
        loaded.clear();
        store.close();
    }
}
