package org.tollkeeper.db;

import java.sql.Connection;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Target;

/// Writes the jOOQ tables of a really migrated PostgreSQL into the folder named by the argument.
///
/// Run by `./mvnw -Pgenerate -Dquick -pl db -am process-test-classes` after every new migration.
public final class GenerateTables {

    private GenerateTables() {}

    public static void main(String[] args) throws Exception {
        try (var database = TestDatabase.fresh();
                Connection connection = database.connect()) {
            GenerationTool tool = new GenerationTool();
            tool.setConnection(connection);
            tool.run(configuration(args[0]));
        }
    }

    private static Configuration configuration(String folder) {
        return new Configuration()
                .withGenerator(
                        new Generator()
                                .withDatabase(database())
                                .withGenerate(tablesOnly())
                                .withTarget(
                                        new Target()
                                                .withPackageName("org.tollkeeper.db.generated")
                                                .withDirectory(folder)));
    }

    private static Database database() {
        return new Database()
                .withName("org.jooq.meta.postgres.PostgresDatabase")
                .withInputSchema("public")
                .withOutputSchemaToDefault(true)
                .withExcludes("(?i:flyway_schema_history|batch_.*)")
                .withIncludeRoutines(false);
    }

    private static Generate tablesOnly() {
        return new Generate()
                .withRecords(false)
                .withPojos(false)
                .withDaos(false)
                .withJavadoc(false)
                .withGeneratedAnnotation(true)
                .withGeneratedAnnotationDate(false)
                .withGeneratedAnnotationJooqVersion(false);
    }
}
