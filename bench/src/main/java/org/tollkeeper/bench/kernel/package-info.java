/// What one call and side costs in the rating kernel, measured by JMH. It writes
/// `docs/performance-kernel.md`:
///
/// ```
/// ./mvnw -q -Dquick -DskipTests -pl bench -am package
/// java -cp 'bench/target/quick/classes:bench/target/quick/lib/*' \
///     org.tollkeeper.bench.kernel.KernelReport
/// ```
@NullMarked
package org.tollkeeper.bench.kernel;

import org.jspecify.annotations.NullMarked;
