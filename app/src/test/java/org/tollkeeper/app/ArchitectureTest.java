package org.tollkeeper.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may name whom: the diagram of the modules and the rooms inside a stage, as rules.
class ArchitectureTest {

    private static final JavaClasses PRODUCTION =
            new ClassFileImporter()
                    .withImportOption(location -> !location.contains("/test-classes/"))
                    .importPackages("org.tollkeeper");

    @ParameterizedTest
    @ValueSource(strings = {"book", "mediation", "rating", "settlement", "invoicing"})
    void a_stage_names_only_itself_the_model_and_the_database(String stage) {
        String own = "org.tollkeeper." + stage + "..";
        classes()
                .that()
                .resideInAPackage(own)
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages(othersThan(stage))
                .check(PRODUCTION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"book", "mediation", "rating", "settlement", "invoicing"})
    void a_kernel_is_known_only_in_its_stage(String stage) {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.tollkeeper." + stage + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.tollkeeper." + stage + "..kernel..")
                .check(PRODUCTION);
    }

    @Test
    void only_stores_and_the_database_module_speak_sql() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.tollkeeper..store..", "org.tollkeeper.db..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.jooq..", "org.postgresql..")
                .check(PRODUCTION);
    }

    @Test
    void only_jobs_and_the_program_know_spring() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.tollkeeper..job..", "org.tollkeeper.app..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(PRODUCTION);
    }

    @Test
    void the_model_needs_nothing_but_java() {
        classes()
                .that()
                .resideInAPackage("org.tollkeeper.model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("org.tollkeeper.model..", "java..", "org.jspecify..")
                .check(PRODUCTION);
    }

    @Test
    void the_database_module_knows_only_the_model() {
        classes()
                .that()
                .resideInAPackage("org.tollkeeper.db..")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages(othersThan("db"))
                .check(PRODUCTION);
    }

    private static String[] othersThan(String module) {
        return Stream.of("book", "mediation", "rating", "settlement", "invoicing", "app", "bench")
                .filter(other -> !other.equals(module))
                .map(other -> "org.tollkeeper." + other + "..")
                .toArray(String[]::new);
    }
}
