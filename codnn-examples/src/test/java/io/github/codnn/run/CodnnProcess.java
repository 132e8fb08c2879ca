package io.github.codnn.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command line in a process of its own. */
public final class CodnnProcess implements AutoCloseable {

    private final Process process;
    private final Path errors;
    private final BufferedReader out;

    private CodnnProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.out = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
    }

    /** Starts a command. */
    public static CodnnProcess start(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "io.github.codnn.cli.Codnn"));
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile(folder, "errors", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
        return new CodnnProcess(builder.start(), errors);
    }

    /** Starts a worker and waits until it is ready. */
    static CodnnProcess worker(Path folder, String device, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("worker", "--device", device, "--heartbeat-timeout", "3"));
        all.addAll(List.of(arguments));
        CodnnProcess worker = start(folder, all.toArray(String[]::new));
        worker.awaitLine("ready: device " + device);
        return worker;
    }

    /** Reads its output until a line starts like this, and returns that line. */
    public String awaitLine(String start) {
        try {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.strip().startsWith(start)) {
                    return line;
                }
            }
            throw new AssertionError("It ends without '" + start + "': " + Files.readString(errors));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads its output to the end. */
    public String allOutput() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    /** Sends it a signal. */
    public void signal(String name) {
        signal(process.pid(), name);
    }

    static void signal(long pid, String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for its end and returns its exit status. */
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("The process does not end");
        }
        return process.exitValue();
    }

    public List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public List<String> errorLines() throws IOException {
        return Files.readAllLines(errors);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
