package io.github.codnn.split;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.github.codnn.CodnnException;
import io.github.codnn.WholeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Makes folders that appear whole or not at all: files are written to a folder of another name beside it, which is
 * renamed at the end, or deleted if that does not happen.
 */
public final class NewFolder {

    private NewFolder() {}

    /**
     * Fills a folder.
     *
     * @param <T> what is known of the content afterwards
     */
    @FunctionalInterface
    public interface Content<T> {

        /**
         * Writes the content.
         *
         * @param folder an empty folder, which does not have its name yet
         * @return what is known of the content
         * @throws IOException if something cannot be written
         */
        T writeTo(Path folder) throws IOException;
    }

    /**
     * Makes a folder.
     *
     * @param <T> what is known of the content afterwards
     * @param target the folder, which must not exist
     * @param content writes what it holds; whatever it throws is passed on, and nothing is left behind
     * @return what the content returns
     * @throws CodnnException if the folder exists already or cannot be written
     */
    public static <T> T write(Path target, Content<T> content) {
        Path absolute = target.toAbsolutePath().normalize();
        if (Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
            throw new CodnnException(target + ": exists already; name a new folder");
        }
        Path unfinished = absolute.resolveSibling(".codnn-" + UUID.randomUUID() + ".part");
        boolean isComplete = false;
        try {
            Files.createDirectory(unfinished);
            T result = content.writeTo(unfinished);
            Files.move(unfinished, absolute, StandardCopyOption.ATOMIC_MOVE);
            isComplete = true;
            return result;
        } catch (IOException e) {
            throw new CodnnException(target + ": cannot be written: " + WholeFiles.reason(e), e);
        } finally {
            if (!isComplete) {
                delete(unfinished);
            }
        }
    }

    private static void delete(Path folder) {
        try {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        } catch (IOException e) {
            // The failure that is reported already matters more than a folder that is left behind.
        }
    }
}
