/// Switch files in, calls out.
///
/// A file of the inbox is archived under the hash of its content, decoded to records (`decoder`),
/// and each record judged by [RecordRules]: it is a call, a part of one, a duplicate, suspended or
/// filtered. Parts become calls by [Assembly]. `store` writes what a file comes to in one
/// transaction; `kernel` holds the duplicate check's hash and set.
@NullMarked
package org.tollkeeper.mediation;

import org.jspecify.annotations.NullMarked;
