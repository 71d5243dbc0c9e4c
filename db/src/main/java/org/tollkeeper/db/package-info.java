/// The schema: migrations, generated tables, bulk loading and the embedded PostgreSQL.
@NullMarked
package org.tollkeeper.db;

import org.jspecify.annotations.NullMarked;
