package io.github.codnn.testing;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Calls every public method and constructor of a module with null for each argument in turn, and sound values else. */
public final class NullArguments {

    private static final Pattern EXPORT = Pattern.compile("exports ([a-z.]+);");
    private static final Set<String> OF_OBJECTS = Set.of("equals", "valueOf");

    private final SampleValues samples;
    private final List<String> taken = new ArrayList<>();
    private final Set<String> untried = new LinkedHashSet<>();
    private int calls;

    /** Takes the values for all other arguments. */
    public NullArguments(SampleValues samples) {
        this.samples = samples;
    }

    /** Tries all of a module. */
    public void tryModule(String module) throws ClassNotFoundException {
        for (Class<?> type : visibleTypes(module)) {
            if (Throwable.class.isAssignableFrom(type)) {
                continue; // one that refuses would hide what happened
            }
            Stream.concat(Arrays.stream(type.getConstructors()), Arrays.stream(type.getDeclaredMethods()))
                    .filter(member -> Modifier.isPublic(member.getModifiers()) && !member.isSynthetic())
                    .filter(member -> !Modifier.isAbstract(member.getModifiers()))
                    .filter(member -> !OF_OBJECTS.contains(member.getName()))
                    .sorted((one, other) -> one.toString().compareTo(other.toString()))
                    .forEach(this::tryMember);
        }
    }

    /** Returns the arguments for which null was taken, or refused as if a file or its content were bad. */
    public List<String> taken() {
        return taken;
    }

    /** Returns what could not be called, as there was no sound value. */
    public Set<String> untried() {
        return untried;
    }

    /** Returns how many nulls were handed in. */
    public int calls() {
        return calls;
    }

    private static List<Class<?>> visibleTypes(String module) throws ClassNotFoundException {
        List<SourceFile> files =
                SourceFile.main().filter(file -> file.module().equals(module)).toList();
        Set<String> exported = files.stream()
                .filter(file -> file.path().endsWith("module-info.java"))
                .flatMap(file -> EXPORT.matcher(file.text()).results().map(found -> found.group(1)))
                .collect(Collectors.toSet());
        List<Class<?>> types = new ArrayList<>();
        for (SourceFile file : files) {
            String name = file.path()
                    .replaceFirst(".*src/main/java/", "")
                    .replace(".java", "")
                    .replace('/', '.');
            int end = name.lastIndexOf('.');
            if (end > 0 && exported.contains(name.substring(0, end)) && !name.endsWith("package-info")) {
                add(Class.forName(name), types);
            }
        }
        return types;
    }

    private static void add(Class<?> type, List<Class<?>> types) {
        if (Modifier.isPublic(type.getModifiers())) {
            types.add(type);
            Arrays.stream(type.getDeclaredClasses()).forEach(inner -> add(inner, types));
        }
    }

    private void tryMember(Executable member) {
        Parameter[] parameters = member.getParameters();
        for (int index = 0; index < parameters.length; index++) {
            if (!parameters[index].getType().isPrimitive()) {
                tryNull(member, index);
            }
        }
    }

    private void tryNull(Executable member, int index) {
        Parameter[] parameters = member.getParameters();
        String where = member.getDeclaringClass().getName() + "." + member.getName() + "("
                + Arrays.stream(parameters)
                        .map(each -> each.getType().getSimpleName())
                        .collect(Collectors.joining(", "))
                + ") " + parameters[index].getName();
        Object[] arguments = new Object[parameters.length];
        for (int each = 0; each < arguments.length; each++) {
            if (each != index) {
                Optional<Object> value = samples.of(parameters[each].getParameterizedType());
                if (value.isEmpty()) {
                    untried.add(where + ": no value of " + parameters[each].getParameterizedType());
                    return;
                }
                arguments[each] = value.get();
            }
        }
        Object receiver = null;
        if (member instanceof Method && !Modifier.isStatic(member.getModifiers())) {
            Optional<Object> value = samples.of(member.getDeclaringClass());
            if (value.isEmpty()) {
                untried.add(where + ": no receiver");
                return;
            }
            receiver = value.get();
        }
        calls++;
        call(member, receiver, arguments).ifPresent(answer -> taken.add(where + ": " + answer));
    }

    /** Returns what is wrong with the answer. */
    private static Optional<String> call(Executable member, Object receiver, Object[] arguments) {
        try {
            if (member instanceof Constructor<?> constructor) {
                constructor.newInstance(arguments);
            } else {
                ((Method) member).invoke(receiver, arguments);
            }
            return Optional.of("taken");
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getTargetException();
            boolean names = cause instanceof NullPointerException || cause instanceof IllegalArgumentException;
            return names ? Optional.empty() : Optional.of(cause.toString());
        } catch (ReflectiveOperationException impossible) {
            return Optional.of("cannot be called: " + impossible);
        }
    }
}
