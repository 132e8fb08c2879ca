package io.github.codnn.strategy;

/**
 * The coefficients of a move as fixed-point numbers.
 *
 * @param inertia times 2^INERTIA_BITS
 * @param cognitive times 2^bits
 * @param social times 2^bits
 * @param bits as many as leave room for the product of a coefficient and a key
 * @param most the greatest velocity, as a key
 */
record FixedPoint(int inertia, int cognitive, int social, int bits, int most) {

    static final int INERTIA_BITS = 10;

    private static final int MOST_BITS = Integer.SIZE - 2 - Particle.KEY_BITS;

    private static final int MOST_COEFFICIENT = (2 << MOST_BITS) - 1;

    static FixedPoint of(Velocity velocity, double inertia) {
        double greatest = Math.max(velocity.cognitive(), velocity.social());
        int bits = Math.max(0, Math.min(MOST_BITS, MOST_BITS - Math.getExponent(greatest)));
        return new FixedPoint(
                (int) (inertia * (1 << INERTIA_BITS)),
                (int) Math.min(MOST_COEFFICIENT, velocity.cognitive() * (1 << bits)),
                (int) Math.min(MOST_COEFFICIENT, velocity.social() * (1 << bits)),
                bits,
                (int) (velocity.most() * (1 << Particle.KEY_BITS)));
    }
}
