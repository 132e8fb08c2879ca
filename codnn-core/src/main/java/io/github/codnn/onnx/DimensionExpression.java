package io.github.codnn.onnx;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of a dimension that a file states as an expression of other dimensions, such as {@code 2*s0} or
 * {@code floor(height/2 + 1/2)}: exact arithmetic with {@code + - * / // %}, parentheses, {@code floor},
 * {@code ceiling}, {@code Max}, {@code Min} and {@code Mod}.
 */
final class DimensionExpression {

    private static final int MAX_CHARACTERS = 256;
    private static final Pattern TOKEN = Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_.:]*|[0-9]+|//|[-+*/%(),])");

    private final Matcher tokens;
    private final Function<String, Optional<Long>> values;
    private String token = "";

    /** A fraction in lowest terms with a positive denominator. */
    private record Fraction(long top, long bottom) {

        static Fraction of(long top, long bottom) {
            if (bottom == 0) {
                throw new ArithmeticException("division by zero");
            }
            long divisor = bottom < 0 ? -gcd(Math.absExact(top), -bottom) : gcd(Math.absExact(top), bottom);
            return new Fraction(top / divisor, bottom / divisor);
        }

        private static long gcd(long a, long b) {
            return b == 0 ? Math.max(1, a) : gcd(b, a % b);
        }

        Fraction plus(Fraction other, int sign) {
            return of(
                    Math.addExact(Math.multiplyExact(top, other.bottom), sign * Math.multiplyExact(other.top, bottom)),
                    Math.multiplyExact(bottom, other.bottom));
        }

        Fraction times(Fraction other) {
            return of(Math.multiplyExact(top, other.top), Math.multiplyExact(bottom, other.bottom));
        }

        Fraction over(Fraction other) {
            return of(Math.multiplyExact(top, other.bottom), Math.multiplyExact(bottom, other.top));
        }

        Fraction floor() {
            return new Fraction(Math.floorDiv(top, bottom), 1);
        }

        Fraction negative() {
            return new Fraction(-top, bottom);
        }

        boolean isBelow(Fraction other) {
            return plus(other, -1).top < 0;
        }
    }

    private DimensionExpression(String text, Function<String, Optional<Long>> values) {
        this.tokens = TOKEN.matcher(text.stripTrailing());
        this.values = values;
    }

    /**
     * Returns the value of an expression, or nothing if the text is no expression, an identifier has no value, or the
     * result is not a whole number of zero or more.
     */
    static OptionalLong value(String text, Function<String, Optional<Long>> values) {
        if (text.length() > MAX_CHARACTERS) {
            return OptionalLong.empty();
        }
        try {
            DimensionExpression expression = new DimensionExpression(text, values);
            expression.next();
            Fraction result = expression.sum();
            boolean whole = expression.token.isEmpty() && result.bottom() == 1;
            return whole && result.top() >= 0 ? OptionalLong.of(result.top()) : OptionalLong.empty();
        } catch (IllegalArgumentException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    private void next() {
        if (tokens.regionStart() < tokens.regionEnd() && tokens.lookingAt()) {
            token = tokens.group(1);
            tokens.region(tokens.end(), tokens.regionEnd());
        } else if (tokens.regionStart() < tokens.regionEnd()) {
            throw new IllegalArgumentException("no expression");
        } else {
            token = "";
        }
    }

    private boolean take(String wanted) {
        boolean taken = token.equals(wanted);
        if (taken) {
            next();
        }
        return taken;
    }

    private void expect(String wanted) {
        if (!take(wanted)) {
            throw new IllegalArgumentException("no expression");
        }
    }

    private Fraction sum() {
        Fraction sum = product();
        while (token.equals("+") || token.equals("-")) {
            int sign = token.equals("+") ? 1 : -1;
            next();
            sum = sum.plus(product(), sign);
        }
        return sum;
    }

    private Fraction product() {
        Fraction product = factor();
        while (true) {
            if (take("*")) {
                product = product.times(factor());
            } else if (take("//")) {
                product = product.over(factor()).floor();
            } else if (take("/")) {
                product = product.over(factor());
            } else if (take("%")) {
                product = remainder(product, factor());
            } else {
                return product;
            }
        }
    }

    private static Fraction remainder(Fraction value, Fraction divisor) {
        return value.plus(value.over(divisor).floor().times(divisor), -1);
    }

    private Fraction factor() {
        if (take("-")) {
            return factor().negative();
        }
        if (take("(")) {
            Fraction inner = sum();
            expect(")");
            return inner;
        }
        String name = token;
        next();
        if (!name.isEmpty() && Character.isDigit(name.charAt(0))) {
            return new Fraction(Long.parseLong(name), 1);
        }
        return take("(") ? call(name) : variable(name);
    }

    private Fraction variable(String name) {
        return new Fraction(values.apply(name).orElseThrow(() -> new IllegalArgumentException("no value")), 1);
    }

    private Fraction call(String name) {
        Fraction first = sum();
        Fraction second = take(",") ? sum() : first;
        expect(")");
        return switch (name) {
            case "floor" -> first.floor();
            case "ceil", "ceiling" -> first.negative().floor().negative();
            case "Max", "max" -> first.isBelow(second) ? second : first;
            case "Min", "min" -> first.isBelow(second) ? first : second;
            case "Mod", "mod" -> remainder(first, second);
            default -> throw new IllegalArgumentException("no function");
        };
    }
}
