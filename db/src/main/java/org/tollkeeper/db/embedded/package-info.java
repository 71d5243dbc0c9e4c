/// The PostgreSQL that Tollkeeper brings along: unpacked once per user, one data folder per home,
/// shared by every Tollkeeper program on that home and stopped by the last of them.
@NullMarked
package org.tollkeeper.db.embedded;

import org.jspecify.annotations.NullMarked;
