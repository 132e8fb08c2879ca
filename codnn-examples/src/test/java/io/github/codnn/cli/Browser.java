package io.github.codnn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Chromium without a window, driven by the WebDriver protocol of the W3C through chromedriver. */
final class Browser {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern PORT = Pattern.compile("successfully on port (\\d+)");
    private static final List<String> ARGUMENTS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars");

    private final Process driver;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String session;

    private Browser(Process driver, String address, Path profile) throws IOException, InterruptedException {
        this.driver = driver;
        ObjectNode options = MAPPER.createObjectNode();
        ARGUMENTS.forEach(options.withArray("args")::add);
        options.withArray("args").add("--user-data-dir=" + profile);
        programme("chromium").ifPresent(file -> options.put("binary", file.toString()));
        ObjectNode body = MAPPER.createObjectNode();
        ObjectNode wanted = body.putObject("capabilities").putObject("alwaysMatch");
        wanted.put("browserName", "chrome").set("goog:chromeOptions", options);
        wanted.putObject("goog:loggingPrefs").put("browser", "ALL");
        session = address + "/" + post(address, body).path("sessionId").asText();
    }

    /** Tells whether this machine has a Chromium and its driver. */
    static boolean isInstalled() {
        return programme("chromium").isPresent() && programme("chromedriver").isPresent();
    }

    private static Optional<Path> programme(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts a browser with an empty profile. */
    static Browser start(Path profile) throws IOException, InterruptedException {
        Process driver = new ProcessBuilder(
                        programme("chromedriver").orElseThrow().toString(), "--port=0")
                .redirectErrorStream(true)
                .start();
        BufferedReader lines = driver.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher port = PORT.matcher(line);
            if (port.find()) {
                return connected(driver, "http://localhost:" + port.group(1) + "/session", profile);
            }
        }
        driver.destroy();
        throw new IOException("chromedriver names no port");
    }

    private static Browser connected(Process driver, String address, Path profile)
            throws IOException, InterruptedException {
        try {
            return new Browser(driver, address, profile);
        } catch (IOException e) {
            driver.destroy();
            throw e;
        }
    }

    /** Loads a file in a window of a width. */
    void open(Path page, int width) throws IOException, InterruptedException {
        // The window of a headless browser cannot be narrower than 500 pixels, its page can.
        ObjectNode size = MAPPER.createObjectNode().put("cmd", "Emulation.setDeviceMetricsOverride");
        size.putObject("params")
                .put("width", width)
                .put("height", 900)
                .put("deviceScaleFactor", 1)
                .put("mobile", false);
        post(session + "/goog/cdp/execute", size);
        post(session + "/url", MAPPER.createObjectNode().put("url", page.toUri().toString()));
    }

    /** Runs a script in the page and returns what it returns. */
    JsonNode run(String script) throws IOException, InterruptedException {
        ObjectNode body = MAPPER.createObjectNode().put("script", script);
        body.putArray("args");
        return post(session + "/execute/sync", body);
    }

    /** Runs a script that hands its result to the function {@code done}. */
    JsonNode await(String script) throws IOException, InterruptedException {
        ObjectNode body =
                MAPPER.createObjectNode().put("script", "const done = arguments[arguments.length - 1];" + script);
        body.putArray("args");
        return post(session + "/execute/async", body);
    }

    /** Presses and releases keys, named as in the WebDriver protocol. */
    void press(String... keys) throws IOException, InterruptedException {
        ObjectNode body = MAPPER.createObjectNode();
        ObjectNode source =
                body.putArray("actions").addObject().put("type", "key").put("id", "keyboard");
        for (String key : keys) {
            source.withArray("actions").addObject().put("type", "keyDown").put("value", key);
            source.withArray("actions").addObject().put("type", "keyUp").put("value", key);
        }
        post(session + "/actions", body);
    }

    /** Returns what the page wrote to the console since it was asked last. */
    JsonNode console() throws IOException, InterruptedException {
        return post(session + "/se/log", MAPPER.createObjectNode().put("type", "browser"));
    }

    private JsonNode post(String address, ObjectNode body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode value = MAPPER.readTree(response.body()).path("value");
        if (response.statusCode() != 200) {
            throw new IOException(value.path("message").asText());
        }
        return value;
    }

    /** Ends the browser and its driver. */
    void close() throws IOException, InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(session))
                    .timeout(PATIENCE)
                    .DELETE()
                    .build();
            client.send(request, HttpResponse.BodyHandlers.discarding());
        } finally {
            driver.destroy();
            driver.waitFor();
        }
    }
}
