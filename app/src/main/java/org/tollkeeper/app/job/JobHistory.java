package org.tollkeeper.app.job;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;

/// The little of Spring Boot that the night needs: a job repository in the database's schema
/// `batch`, which a migration of ours makes. Nothing is searched for on the class path.
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    DataSourceTransactionManagerAutoConfiguration.class,
    BatchJdbcAutoConfiguration.class
})
class JobHistory {

    static final String[] PROPERTIES = {
        "spring.batch.job.enabled=false",
        "spring.batch.jdbc.initialize-schema=never",
        "spring.batch.jdbc.table-prefix=batch.",
        "spring.main.keep-alive=false"
    };
}
