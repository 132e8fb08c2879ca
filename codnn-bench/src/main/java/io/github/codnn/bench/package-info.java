/** JMH benchmarks, one class per question. */
@NullMarked
package io.github.codnn.bench;

import org.jspecify.annotations.NullMarked;
