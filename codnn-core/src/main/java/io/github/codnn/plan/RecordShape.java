package io.github.codnn.plan;

import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;

/** The components of a record class. Immutable and thread-safe. */
final class RecordShape {

    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return new RecordShape(type);
        }
    };

    private static final Set<Class<?>> SHARED = Set.of(Tensor.class, Device.class, Link.class);
    private static final int SMALL_TEXT = 64;
    private static final int SMALL_RANK = 8;

    private final RecordComponent[] components;
    private final Type[] types;
    private final Constructor<?> constructor;

    private RecordShape(Class<?> type) {
        components = type.getRecordComponents();
        types = Arrays.stream(components).map(RecordComponent::getGenericType).toArray(Type[]::new);
        try {
            constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException impossible) {
            throw new LinkageError(impossible.getMessage(), impossible);
        }
    }

    static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    int size() {
        return types.length;
    }

    Type type(int index) {
        return types[index];
    }

    Object get(int index, Object value) {
        Method accessor = components[index].getAccessor();
        try {
            return Objects.requireNonNull(accessor.invoke(value), accessor.getName());
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new LinkageError(impossible.getMessage(), impossible);
        }
    }

    /** Makes a record, with all its checks. */
    Object create(Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            Throwable cause = refused.getTargetException();
            throw new IllegalArgumentException(String.valueOf(cause.getMessage()), cause);
        } catch (IllegalAccessException | InstantiationException impossible) {
            throw new LinkageError(impossible.getMessage(), impossible);
        }
    }

    static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }

    /** Tells whether records of a class are written once only. */
    static boolean isShared(Class<?> type) {
        return SHARED.contains(type);
    }

    /** Tells whether a value may be referred to: what is large would let few bytes cause much work. */
    static boolean isSmall(Object value) {
        if (value instanceof Tensor tensor) {
            return tensor.name().length() <= SMALL_TEXT && tensor.shape().rank() <= SMALL_RANK;
        }
        if (value instanceof Device device) {
            return device.name().length()
                            + device.kind().length()
                            + device.endpoint().length()
                    <= SMALL_TEXT;
        }
        if (value instanceof Link link) {
            return link.from().length()
                            + link.to().length()
                            + link.medium().orElse("").length()
                    <= SMALL_TEXT;
        }
        return value instanceof String text && text.length() <= SMALL_TEXT;
    }
}
