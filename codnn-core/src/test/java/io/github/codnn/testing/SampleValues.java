package io.github.codnn.testing;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A sound value of any type: a given one, or one that a constructor or a static method makes of such values. */
public final class SampleValues {

    private final Map<Class<?>, Object> known = new HashMap<>();
    private final Deque<Class<?>> open = new ArrayDeque<>();

    /** Starts with texts, paths and the like. */
    public SampleValues() {
        known.put(String.class, "a");
        known.put(byte.class, (byte) 1);
        known.put(OptionalDouble.class, OptionalDouble.of(1));
        known.put(Duration.class, Duration.ofSeconds(1));
        known.put(InputStream.class, new ByteArrayInputStream(new byte[0]));
    }

    /** Gives a value of a type. */
    public <T> SampleValues with(Class<T> type, T value) {
        known.put(type, value);
        return this;
    }

    Optional<Object> of(Type type) {
        if (type instanceof Class<?> plain) {
            return plain(plain);
        } else if (type instanceof ParameterizedType generic) {
            return container((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
        } else if (type instanceof WildcardType wild) {
            return of(wild.getUpperBounds()[0]);
        } else if (type instanceof TypeVariable<?> variable) {
            return of(variable.getBounds()[0]);
        }
        return Optional.empty();
    }

    private Optional<Object> container(Class<?> raw, Type[] arguments) {
        Optional<Object> first = of(arguments[0]);
        if (raw == Optional.class) {
            return Optional.of(first);
        } else if (raw == Set.class) {
            return first.map(Set::of);
        } else if (raw == Map.class) {
            return first.flatMap(key -> of(arguments[1]).map(value -> Map.of(key, value)));
        } else if (raw == List.class || raw == Collection.class || raw == Iterable.class) {
            return first.map(List::of);
        }
        return plain(raw);
    }

    private Optional<Object> plain(Class<?> type) {
        if (known.containsKey(type)) {
            return Optional.of(known.get(type));
        } else if (type == boolean.class) {
            return Optional.of(true);
        } else if (type == int.class || type == Integer.class) {
            return Optional.of(1);
        } else if (type == long.class || type == Long.class) {
            return Optional.of(1L);
        } else if (type == double.class || type == Double.class || type == Number.class) {
            return Optional.of(0.5);
        } else if (type == Object.class) {
            return Optional.of("a");
        } else if (type.isEnum()) {
            return Optional.of(type.getEnumConstants()[0]);
        } else if (type.isArray()) {
            return array(type.getComponentType());
        }
        return known.entrySet().stream()
                .filter(each -> type.isAssignableFrom(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> made(type));
    }

    private Optional<Object> array(Class<?> type) {
        return of(type).map(value -> {
            Object array = Array.newInstance(type, 1);
            Array.set(array, 0, value);
            return array;
        });
    }

    private Optional<Object> made(Class<?> type) {
        if (open.contains(type) || open.size() > 8) {
            return Optional.empty();
        }
        open.push(type);
        Optional<Object> value = Stream.concat(
                        Arrays.stream(type.getMethods())
                                .filter(method ->
                                        Modifier.isStatic(method.getModifiers()) && method.getReturnType() == type),
                        Arrays.stream(type.getConstructors()))
                .sorted(Comparator.comparingInt(Executable::getParameterCount).thenComparing(Executable::toString))
                .flatMap(maker -> from(maker).stream())
                .findFirst()
                .or(() -> type.isInterface() && !type.isSealed() ? Optional.of(proxy(type)) : Optional.empty())
                .or(() -> type.isSealed()
                        ? Arrays.stream(type.getPermittedSubclasses())
                                .flatMap(each -> of(each).stream())
                                .findFirst()
                        : Optional.empty());
        open.pop();
        value.ifPresent(each -> known.put(type, each));
        return value;
    }

    private Optional<Object> from(Executable maker) {
        Parameter[] parameters = maker.getParameters();
        Object[] arguments = new Object[parameters.length];
        for (int index = 0; index < arguments.length; index++) {
            Optional<Object> argument = of(parameters[index].getParameterizedType());
            if (argument.isEmpty()) {
                return Optional.empty();
            }
            arguments[index] = argument.get();
        }
        try {
            return Optional.ofNullable(
                    maker instanceof Method method
                            ? method.invoke(null, arguments)
                            : ((Constructor<?>) maker).newInstance(arguments));
        } catch (InvocationTargetException | InstantiationException refused) {
            return Optional.empty();
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(impossible.getMessage(), impossible);
        }
    }

    private Object proxy(Class<?> type) {
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> switch (method.getName()) {
                    case "toString" -> type.getSimpleName();
                    case "hashCode" -> 1;
                    case "equals" -> self == arguments[0];
                    default -> answer(self, method, arguments);
                });
    }

    private @Nullable Object answer(Object self, Method method, Object[] arguments) throws Throwable {
        if (method.isDefault()) {
            return InvocationHandler.invokeDefault(self, method, arguments);
        }
        return method.getReturnType() == void.class
                ? null
                : of(method.getGenericReturnType()).orElse(null);
    }
}
