package io.github.codnn.swarm;

/**
 * The coefficients of a move as fixed-point numbers: small enough that the sum of their products with a velocity and
 * two differences of keys is an int.
 *
 * @param inertia times 2^bits
 * @param cognitive times 2^bits
 * @param social times 2^bits
 * @param bits 10 for coefficients whose sum is less than 7, fewer for greater ones
 * @param maxVelocity the greatest velocity, as a key
 */
record FixedPoint(int inertia, int cognitive, int social, int bits, int maxVelocity) {

    private static final int ROOM = Integer.SIZE - 1 - KeyVelocity.KEY_BITS; // bits of a sum of coefficients
    private static final int MAX_BITS = 10;
    private static final double MAX_COEFFICIENT = (1 << (ROOM - 1)) - 1; // two of them and an inertia fit

    static FixedPoint of(Velocity velocity, double inertia) {
        double cognitive = Math.min(MAX_COEFFICIENT, velocity.cognitive());
        double social = Math.min(MAX_COEFFICIENT, velocity.social());
        int bits = Math.max(0, Math.min(MAX_BITS, ROOM - 1 - Math.getExponent(1 + cognitive + social)));
        int one = 1 << bits;
        return new FixedPoint((int) (inertia * one), (int) (cognitive * one), (int) (social * one), bits, (int)
                (velocity.maxVelocity() * (1 << KeyVelocity.KEY_BITS)));
    }
}
