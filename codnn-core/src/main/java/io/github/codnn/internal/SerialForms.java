package io.github.codnn.internal;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.function.Supplier;

/** Shared code of values whose serialised form differs from their form in memory. */
public final class SerialForms {

    private SerialForms() {}

    /**
     * Makes a value from its serialised form.
     *
     * @param <T> the type of the value
     * @param value makes the value, with all its checks
     * @return the value
     * @throws InvalidObjectException if the checks reject the data
     */
    public static <T> T resolve(Supplier<T> value) throws InvalidObjectException {
        try {
            return value.get();
        } catch (RuntimeException refused) {
            throw invalid(refused);
        }
    }

    /**
     * Returns the exception for data that cannot be read.
     *
     * @param cause the reason
     * @return the exception
     */
    public static InvalidObjectException invalid(Exception cause) {
        InvalidObjectException invalid = new InvalidObjectException("What was read is no valid value: " + cause);
        invalid.initCause(cause);
        return invalid;
    }

    /**
     * Checks that an object of the user can be serialised.
     *
     * @param part the part
     * @param type the interface that it implements, for the message
     * @throws NotSerializableException naming the part and the way out if it cannot
     */
    public static void requireSerializable(Object part, Class<?> type) throws NotSerializableException {
        try (ObjectOutputStream stream = new ObjectOutputStream(OutputStream.nullOutputStream())) {
            stream.writeObject(part);
        } catch (IOException failure) {
            String name = type.getSimpleName();
            NotSerializableException named = new NotSerializableException(name + " "
                    + part.getClass().getName()
                    + " cannot travel to another machine, because " + reason(failure) + ". Maybe make it a record that"
                    + " implements " + name + " and Serializable, or cast its lambda: (" + name + " & Serializable).");
            named.initCause(failure);
            throw named;
        }
    }

    private static String reason(IOException failure) {
        return failure instanceof NotSerializableException
                ? failure.getMessage() + " is not Serializable"
                : "it cannot be written: " + failure;
    }
}
