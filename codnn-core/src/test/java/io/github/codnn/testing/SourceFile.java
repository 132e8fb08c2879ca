package io.github.codnn.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Java file of the project, for tests of the source code itself.
 *
 * @param path its path relative to the root of the project, with slashes
 * @param text its content
 */
public record SourceFile(String path, String text) {

    /**
     * A line of a file.
     *
     * @param number its number, from 1
     * @param text its characters without the line break
     */
    public record Line(int number, String text) {}

    private static final String DELIMITER = "\"\"\"";

    /**
     * Returns all Java files of the modules, tests included.
     *
     * @return the files, sorted by path
     */
    public static Stream<SourceFile> all() {
        Path root = TestData.root();
        List<Path> files = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path module : modules.map(folder -> folder.resolve("src"))
                    .filter(Files::isDirectory)
                    .toList()) {
                collect(module, files);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files.stream().sorted().map(file -> read(root, file));
    }

    private static void collect(Path folder, List<Path> files) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static SourceFile read(Path root, Path file) {
        try {
            return new SourceFile(root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the Java files of the modules without their tests.
     *
     * @return the files, sorted by path
     */
    public static Stream<SourceFile> main() {
        return all().filter(file -> !file.isTest());
    }

    /**
     * Tells whether the file is a test or helps tests.
     *
     * @return whether it is below {@code src/test}
     */
    public boolean isTest() {
        return path.contains("/src/test/");
    }

    /**
     * Returns the name of the file.
     *
     * @return the last part of the path
     */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * Returns the module that the file belongs to.
     *
     * @return the first part of the path
     */
    public String module() {
        return path.substring(0, path.indexOf('/'));
    }

    /**
     * Returns the package of the file.
     *
     * @return the last part of its name
     */
    public String packageName() {
        String folder = path.substring(0, path.lastIndexOf('/'));
        return folder.substring(folder.lastIndexOf('/') + 1);
    }

    /**
     * Tells whether the file describes its package.
     *
     * @return whether its name is {@code package-info.java}
     */
    public boolean isPackageInfo() {
        return name().equals("package-info.java");
    }

    /**
     * Returns the lines of the file.
     *
     * @return the lines without line breaks
     */
    public List<String> lines() {
        return text.lines().toList();
    }

    /**
     * Returns the lines that the formatter can break.
     *
     * @return all lines of main code; of tests those that do not lie inside a text block
     */
    public Stream<Line> linesOutsideOfTextBlocks() {
        List<Line> outside = new ArrayList<>();
        boolean inside = false;
        List<String> lines = lines();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            boolean wasInside = inside;
            inside ^= line.split(DELIMITER, -1).length % 2 == 0;
            if (!wasInside || !isTest()) {
                outside.add(new Line(index + 1, line));
            }
        }
        return outside.stream();
    }
}
