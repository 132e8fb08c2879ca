package io.github.codnn.testing;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What a user of a module gets to see of its classes. */
final class PublicApi {

    /** Classes that are public, with everything that encloses them, and not meant for our own modules alone. */
    static final DescribedPredicate<JavaClass> VISIBLE =
            DescribedPredicate.describe("visible to users", PublicApi::isVisible);

    private PublicApi() {}

    private static boolean isVisible(JavaClass type) {
        return isAccessible(type.getModifiers())
                && !type.getPackageName().startsWith("io.github.codnn.internal")
                && type.getEnclosingClass().map(PublicApi::isVisible).orElse(true);
    }

    private static boolean isAccessible(Set<JavaModifier> modifiers) {
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC);
    }

    /**
     * Demands that supertypes, type bounds, and the visible fields, methods and constructors name only allowed types.
     *
     * @param allowed the types that may be named
     * @param exceptions by the full name of a member, the one other type that it may name
     * @return the condition
     */
    static ArchCondition<JavaClass> showOnlyTypesOf(
            DescribedPredicate<JavaClass> allowed, Map<String, String> exceptions) {
        return new ArchCondition<>("show only types that " + allowed.getDescription()) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream<JavaType> heritage = Stream.concat(
                        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream()),
                        bounds(type.getTypeParameters()));
                report(type, type.getFullName(), heritage, events);
                type.getMembers().stream()
                        .filter(member -> isAccessible(member.getModifiers()))
                        .forEach(member -> report(type, member.getFullName(), typesOf(member), events));
            }

            private void report(JavaClass type, String where, Stream<JavaType> named, ConditionEvents events) {
                Set<JavaClass> shown = new LinkedHashSet<>();
                named.forEach(each -> shown.addAll(each.getAllInvolvedRawTypes()));
                shown.stream()
                        .map(JavaClass::getBaseComponentType)
                        .filter(each -> !each.isPrimitive() && !allowed.test(each))
                        .filter(each -> !each.getFullName().equals(exceptions.get(where)))
                        .forEach(each -> events.add(
                                SimpleConditionEvent.violated(type, where + " shows " + each.getFullName())));
            }
        };
    }

    /**
     * Demands that nobody outside can inherit from a class: what may be implemented is an interface. Only an exception
     * may be open, because Java seals a family within one package at most.
     *
     * @return the condition
     */
    static ArchCondition<JavaClass> beClosedForInheritance() {
        return new ArchCondition<>("be final, sealed, a record, an enum or an interface") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean closed = type.getModifiers().contains(JavaModifier.FINAL)
                        || type.isEnum()
                        || type.isInterface()
                        || type.isAssignableTo(Throwable.class)
                        || type.reflect().isSealed();
                if (!closed) {
                    events.add(SimpleConditionEvent.violated(type, type.getFullName() + " can be inherited from"));
                }
            }
        };
    }

    private static Stream<JavaType> typesOf(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit unit = (JavaCodeUnit) member;
        return Stream.of(
                        Stream.of(unit.getReturnType()),
                        unit.getParameterTypes().stream(),
                        unit.getExceptionTypes().stream(),
                        bounds(unit.getTypeParameters()))
                .flatMap(each -> each);
    }

    private static Stream<JavaType> bounds(List<? extends JavaTypeVariable<?>> variables) {
        return variables.stream().flatMap(variable -> variable.getBounds().stream());
    }
}
