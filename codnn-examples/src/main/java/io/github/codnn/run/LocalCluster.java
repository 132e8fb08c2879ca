package io.github.codnn.run;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import io.github.codnn.CodnnException;
import io.github.codnn.WholeFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A cluster on this machine: a process for each device, each on one core where that is possible. Processes that end or
 * stop answering are started again. They end with this one, however it ends, because each reads from a pipe to it.
 */
final class LocalCluster implements Cluster {

    private static final String LOOPBACK = "127.0.0.1";
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int MAX_FAILED_STARTS = 3;

    private final String mainClass;
    private final MemberSettings own;
    private final HazelcastInstance member;
    private final WorkerState state;
    private final Path folder;
    private final Map<String, Process> processes = new HashMap<>();
    private final Map<String, Integer> failedStarts = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final List<String> cores = new ArrayList<>();
    private boolean closed;

    /**
     * Starts the member of this process; {@link #await} starts the others.
     *
     * @param mainClass the main class of the command line, which has the command {@code worker}
     * @param heartbeatSeconds after how long without a sign of life a process counts as lost
     */
    LocalCluster(String mainClass, int heartbeatSeconds) {
        this.mainClass = mainClass;
        own = new MemberSettings(
                "", "local-" + UUID.randomUUID(), LOOPBACK + ":" + freePort(), Optional.empty(), heartbeatSeconds);
        state = Worker.newState();
        try {
            folder = Files.createTempDirectory("codnn-run");
        } catch (IOException e) {
            throw new CodnnException("No temporary folder can be made: " + WholeFiles.reason(e), e);
        }
        member = Members.start(own, state);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new CodnnException("No free port at " + LOOPBACK + ": " + WholeFiles.reason(e), e);
        }
    }

    @Override
    public HazelcastInstance member() {
        return member;
    }

    @Override
    public Map<String, Place> await(Set<String> devices, int waitSeconds) throws MissingDevices {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(waitSeconds);
        while (true) {
            Map<String, Place> found = found();
            List<String> missing = devices.stream()
                    .filter(device -> !found.containsKey(device))
                    .toList();
            if (missing.isEmpty() && Members.isBalanced(member)) {
                return found;
            }
            missing.forEach(this::ensure);
            if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
                String name = missing.isEmpty() ? "any" : missing.get(0);
                throw new MissingDevices(
                        "The process of device '" + name + "' is not ready within " + waitSeconds + " s",
                        missing,
                        found.keySet());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    @Override
    public Map<String, Place> present() {
        return found();
    }

    @Override
    public void offer(Set<String> devices, int waitSeconds) {
        try {
            await(devices, waitSeconds);
        } catch (MissingDevices e) {
            // The run does not need them yet.
        }
    }

    @Override
    public boolean hasMachines() {
        return false;
    }

    private synchronized Map<String, Place> found() {
        Map<String, Place> found = Members.devices(member, this::isAlive);
        seen.addAll(found.keySet());
        return found;
    }

    /** Returns the process of a device, if there is one. */
    synchronized Optional<ProcessHandle> process(String device) {
        return Optional.ofNullable(processes.get(device)).map(Process::toHandle);
    }

    private boolean isAlive(Member each) {
        return processes.values().stream()
                .anyMatch(process -> process.isAlive()
                        && Members.attribute(each, MemberSettings.PROCESS)
                                .equals(Optional.of(Long.toString(process.pid()))));
    }

    /** Starts a process at once that takes the place of one that was a member and has ended. */
    private synchronized void replace(String device, Process ended) {
        if (seen.contains(device) && ended.equals(processes.get(device))) {
            ensure(device);
        }
    }

    /** Starts the process of a device that is no member, unless it is just starting. */
    private synchronized void ensure(String device) {
        Process process = processes.get(device);
        if (closed || (process != null && process.isAlive() && !seen.contains(device))) {
            return;
        }
        if (process != null) {
            if (process.isAlive()) {
                process.destroyForcibly(); // It was a member and is none any more: it hangs.
            } else if (!seen.contains(device) && failedStarts.merge(device, 1, Integer::sum) >= MAX_FAILED_STARTS) {
                throw new CodnnException(
                        "The process of device '" + device + "' ends as it starts: " + lastLine(device));
            }
        }
        seen.remove(device);
        processes.put(device, start(device));
    }

    private Process start(String device) {
        if (!cores.contains(device)) {
            cores.add(device);
        }
        List<String> command = new ArrayList<>(pin(cores.indexOf(device)));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                mainClass,
                "worker",
                "--device",
                device,
                "--cluster",
                own.cluster(),
                "--bind",
                LOOPBACK + ":" + freePort(),
                "--join",
                own.bind(),
                "--heartbeat-timeout",
                Integer.toString(own.heartbeatSeconds()),
                "--with-parent"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors(device).toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        // Otherwise ONNX Runtime 1.29 may crash on long command lines.
        builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
        try {
            Process process = builder.start();
            CompletableFuture<Void> unused = process.onExit().thenRun(() -> replace(device, process));
            return process;
        } catch (IOException e) {
            throw new CodnnException(
                    "No process can be started for device '" + device + "': " + WholeFiles.reason(e), e);
        }
    }

    private static List<String> pin(int index) {
        int processors = Runtime.getRuntime().availableProcessors();
        boolean canPin = processors > 1
                && (Files.isExecutable(Path.of("/usr/bin/taskset")) || Files.isExecutable(Path.of("/bin/taskset")));
        return canPin ? List.of("taskset", "-c", Integer.toString(index % processors)) : List.of();
    }

    private Path errors(String device) {
        return folder.resolve(cores.indexOf(device) + ".err");
    }

    private String lastLine(String device) {
        try {
            List<String> lines = Files.readAllLines(errors(device));
            return lines.isEmpty() ? "it says nothing" : lines.get(lines.size() - 1);
        } catch (IOException e) {
            return "what it says cannot be read: " + e;
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            processes.values().forEach(Process::destroyForcibly);
        }
        member.getLifecycleService().terminate();
        state.close();
        ModelStore.deleteTree(folder);
    }
}
