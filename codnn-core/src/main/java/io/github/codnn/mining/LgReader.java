package io.github.codnn.mining;

import io.github.codnn.CodnnException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.StringTokenizer;

/** Reads one graph from an {@code .lg} file, line by line; every error names file, line and reason. */
final class LgReader {

    /** No graph needs longer lines; rejecting them limits the memory for any file. */
    private static final int MAX_LINE_CHARS = 4_096;

    private final Path file;
    private final LabelledGraph.Builder graph;
    private int lineNumber;
    private boolean started;
    private boolean ended;

    private LgReader(Path file, LabelledGraph.Builder graph) {
        this.file = file;
        this.graph = graph;
    }

    static LabelledGraph read(Path file, LabelledGraph.Builder graph) {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return new LgReader(file, graph).readAll(reader);
        } catch (NoSuchFileException e) {
            throw new CodnnException("Cannot read graph '" + file + "': no such file.", e);
        } catch (IOException e) {
            throw new CodnnException("Cannot read graph '" + file + "': " + e + ".", e);
        }
    }

    private LabelledGraph readAll(Reader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        while (nextLine(reader, line)) {
            boolean hasMark = lineNumber == 1 && line.indexOf("\uFEFF") == 0;
            readLine(line.substring(hasMark ? 1 : 0).strip());
        }
        if (graph.vertexCount() == 0) {
            throw bad("the file has no vertex; expected lines 'v NUMBER LABEL'");
        }
        return graph.build();
    }

    private boolean nextLine(Reader reader, StringBuilder line) throws IOException {
        line.setLength(0);
        lineNumber++;
        try {
            for (int c = reader.read(); c != -1; c = reader.read()) {
                if (c == '\n') {
                    return true;
                }
                if (line.length() == MAX_LINE_CHARS) {
                    throw bad("line longer than " + MAX_LINE_CHARS + " characters");
                }
                line.append((char) c);
            }
        } catch (CharacterCodingException e) {
            throw new CodnnException(message("text is not UTF-8"), e);
        }
        return line.length() > 0;
    }

    private void readLine(String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        String[] words = words(line);
        if (ended) {
            throw bad("text after the end mark 't # -1'");
        }
        switch (words[0]) {
            case "t" -> readHeader(words);
            case "v" -> readVertex(words);
            case "e" -> readEdge(words);
            default -> throw bad("line starts with '" + words[0] + "'; expected 't', 'v' or 'e'");
        }
        started = true;
    }

    private static String[] words(String line) {
        StringTokenizer tokenizer = new StringTokenizer(line);
        String[] words = new String[tokenizer.countTokens()];
        for (int i = 0; i < words.length; i++) {
            words[i] = tokenizer.nextToken();
        }
        return words;
    }

    private void readHeader(String[] words) {
        if (words[words.length - 1].equals("-1")) {
            ended = true;
        } else if (started) {
            throw bad("a second graph starts here; expected one graph per file");
        }
    }

    private void readVertex(String[] words) {
        if (words.length != 3) {
            throw bad("expected 'v NUMBER LABEL' but found " + words.length + " words");
        }
        int number = parse(words[1]);
        if (number != graph.vertexCount()) {
            throw bad("vertex " + number + " where vertex " + graph.vertexCount()
                    + " is next; vertices are numbered 0, 1, 2, ...");
        }
        graph.vertex(words[2]);
    }

    private void readEdge(String[] words) {
        if (words.length != 4) {
            throw bad("expected 'e FROM TO LABEL' but found " + words.length + " words");
        }
        int from = parse(words[1]);
        int to = parse(words[2]);
        try {
            graph.edge(from, to, words[3]);
        } catch (IllegalArgumentException e) {
            throw new CodnnException(message(String.valueOf(e.getMessage())), e);
        }
    }

    private int parse(String word) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw new CodnnException(message("'" + word + "' is not a vertex number"), e);
        }
    }

    private CodnnException bad(String reason) {
        return new CodnnException(message(reason));
    }

    private String message(String reason) {
        return "Cannot read graph '" + file + "', line " + lineNumber + ": " + reason;
    }
}
