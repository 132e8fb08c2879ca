package io.github.codnn.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs the command line in this process and keeps what it prints. */
final class CommandRunner {

    /** What a command left behind. */
    record Outcome(int status, String out, String err) {}

    private CommandRunner() {}

    static Outcome codnn(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Codnn.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Outcome(status, out.toString(), err.toString());
    }

    /** Writes a platform whose Wi-Fi has a channel for each link, and returns the name of the file. */
    static String withoutMedia(String platform, Path folder) throws IOException {
        String wifi = "\"preset\": \"wifi\"";
        String text = Files.readString(Path.of(platform));
        if (!text.contains(wifi)) {
            throw new IllegalArgumentException(platform + " has no Wi-Fi");
        }
        return Files.writeString(folder.resolve("apart.json"), text.replace(wifi, wifi + ", \"medium\": null"))
                .toString();
    }
}
