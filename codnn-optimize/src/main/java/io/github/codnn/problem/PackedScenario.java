package io.github.codnn.problem;

import io.github.codnn.internal.SerialForms;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.scenario.Scenario;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A scenario as bytes, packed once however often they are sent. Immutable and thread-safe.
 *
 * @serial exclude
 */
final class PackedScenario implements Serializable {

    private static final long serialVersionUID = 1;

    /**
     * All that a tabulated scenario is made of, which is nested ten deep. The limits end the reading of bytes that
     * claim huge arrays or nest sets in sets, whose hash codes take a time that is exponential in the depth.
     */
    private static final ObjectInputFilter OWN_VALUES = ObjectInputFilter.Config.createFilter("maxdepth=16;maxarray="
            + (1 << 22) + ";maxrefs=" + (1 << 25) + ";maxbytes=" + (1 << 28)
            + ";io.github.codnn.**;java.lang.*;java.util.*;!*");

    private final byte[] bytes;

    /** Takes what {@link #unpack()} inflates and reads. */
    PackedScenario(byte[] bytes) {
        this.bytes = bytes;
    }

    static PackedScenario of(Scenario scenario) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(new DeflaterOutputStream(bytes))) {
            stream.writeObject(CompiledScenario.tabulated(scenario));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new PackedScenario(bytes.toByteArray());
    }

    Scenario unpack() throws InvalidObjectException {
        InputStream inflated = new InflaterInputStream(new ByteArrayInputStream(bytes));
        try (ObjectInputStream stream = new ObjectInputStream(new BufferedInputStream(inflated))) {
            stream.setObjectInputFilter(OWN_VALUES);
            return (Scenario) stream.readObject();
        } catch (IOException | ClassNotFoundException | RuntimeException bad) {
            throw SerialForms.invalid(bad);
        }
    }
}
