package io.github.codnn.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

/** Writes values to streams and reads them again. */
public final class Streams {

    /** The filter that our guide to several machines names: no form needs a class of java.util. */
    private static final ObjectInputFilter FILTER = ObjectInputFilter.Config.createFilter(
            "maxdepth=16;maxarray=1000000;io.github.codnn.**;java.lang.*;java.lang.invoke.SerializedLambda;!*");

    private Streams() {}

    /** Writes a value by Java serialisation. */
    public static byte[] write(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
            stream.writeObject(value);
        }
        return bytes.toByteArray();
    }

    /** Reads a value that is made of our types only. */
    public static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream stream = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            stream.setObjectInputFilter(FILTER);
            return stream.readObject();
        }
    }

    /** Returns what arrives where a value is sent. */
    @SuppressWarnings("unchecked")
    public static <T> T copy(T value) throws IOException, ClassNotFoundException {
        return (T) read(write(value));
    }
}
