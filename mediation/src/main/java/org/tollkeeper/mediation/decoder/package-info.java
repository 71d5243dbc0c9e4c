/// CDR formats: what each switch writes, read into [CdrRecord].
///
/// ## To add a format, touch these files
///
/// | file | what |
/// |---|---|
/// | `decoder/XyzCsv.java` | a package-private final class that implements [Decoder]; one class a format, a sub-package of this one where it needs several |
/// | `decoder/Formats.java` | one line: `new Format("xyz-csv", source -> new XyzCsv(source))` |
/// | `docs/formats/xyz-csv.md` | the page for whoever runs such a switch: layout, field → canonical field, answer rule, duplicate key, times, mapping keys, traps |
/// | `decoder/XyzCsvTest.java` | a table of lines and what becomes of them; extends nothing |
/// | `decoder/DecoderRobustnessTest.java` (test) | one line with a good file: it is then cut, mutated and shuffled with a seed, and must never throw |
/// | `decoder/SampleFile.java` (test) | its records one by one: `FormatsTest` takes them through the database in any order, split into any files and nights |
///
/// ## What a decoder decides, and what it leaves
///
/// Genuine files, where there are some, are read in place by a test through `FoundData` (test).
///
/// It decides which texts are the call id and leg id (the duplicate key is switch, call id, leg id
/// and setup instant), whether the call was answered, which duration is the one to trust (null =
/// release − connect), and the instants. It leaves to mediation: numbers (prefixes, URIs,
/// punctuation), whose trunk it is, faults of time and duration, test numbers, duplicates, joining.
///
/// Records of one call that come one by one say what they are by [RecordKind]: parts that add up
/// (`PART`), a beginning and its end (`START`, `END`), cumulative notices (`UPDATE`) and quality
/// (`MEDIA`) of a call that is whole by itself (`STOP`). They find each other by switch, call id
/// and leg id, across files and nights, in any order.
///
/// Everything that fits no field goes into `detail` under a name of [Detail]; it costs a row of its
/// own per call, so leave out what only repeats a field. `content` is a [ContentHash] over all
/// fields outside the key, normally the raw texts in file order.
///
/// [CsvReader] splits delimited text and [Fields] reads numbers and times; neither throws.
@NullMarked
package org.tollkeeper.mediation.decoder;

import org.jspecify.annotations.NullMarked;
