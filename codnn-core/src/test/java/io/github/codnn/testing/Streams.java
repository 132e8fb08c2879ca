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

    /** Reads a value; the caller knows its type. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public static <T> T read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream stream = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (T) stream.readObject();
        }
    }

    /** Returns what arrives where a value is sent. */
    public static <T> T copy(T value) throws IOException, ClassNotFoundException {
        return read(write(value));
    }
}
