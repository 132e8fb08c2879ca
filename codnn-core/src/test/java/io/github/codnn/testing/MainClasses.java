package io.github.codnn.testing;

import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.LocationProvider;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Tells ArchUnit to look at the main classes of the module that the test stands in, and at no other. */
public final class MainClasses implements LocationProvider {

    @Override
    public Set<Location> get(Class<?> testClass) {
        try {
            Path testClasses = Path.of(testClass
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path classes = testClasses.resolveSibling("classes");
            return Files.isDirectory(classes) ? Set.of(Location.of(classes)) : Set.of();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
