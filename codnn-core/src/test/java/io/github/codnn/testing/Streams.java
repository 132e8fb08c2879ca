package io.github.codnn.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

/** Writes values to streams and reads them again. */
public final class Streams {

    private Streams() {}

    /** Writes a value by Java serialisation. */
    public static byte[] write(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
            stream.writeObject(value);
        }
        return bytes.toByteArray();
    }

    /** Reads a value. */
    public static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream stream = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return stream.readObject();
        }
    }

    /** Returns what arrives where a value is sent. */
    @SuppressWarnings("unchecked")
    public static <T> T copy(T value) throws IOException, ClassNotFoundException {
        return (T) read(write(value));
    }
}
