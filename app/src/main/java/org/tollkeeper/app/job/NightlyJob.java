package org.tollkeeper.app.job;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// The night as one Spring Batch job, whose history lies in the same database.
///
/// Every night is a job instance of its own, named by its run. An instance is never restarted: how
/// far the work got is told by the data, so the next night takes up what the last one left.
public final class NightlyJob {

    /// The name of the job in the history.
    public static final String NAME = "nightly";

    private NightlyJob() {}

    /// Runs the steps in order and returns when the last has ended.
    ///
    /// @throws Exception what a step threw; the steps after it did not run
    public static void run(DataSource dataSource, int run, List<NightStep> steps) throws Exception {
        try (ConfigurableApplicationContext spring = start(dataSource)) {
            JobRepository repository = spring.getBean(JobRepository.class);
            JobOperator operator = spring.getBean(JobOperator.class);
            // The run lock is ours, so whatever the history calls running was killed.
            repository.findRunningJobExecutions(NAME).forEach(operator::recover);
            JobExecution night =
                    operator.start(
                            job(repository, steps),
                            new JobParametersBuilder()
                                    .addLong("run", (long) run)
                                    .toJobParameters());
            if (night.getStatus() != BatchStatus.COMPLETED) {
                throw failureOf(night);
            }
        }
    }

    private static ConfigurableApplicationContext start(DataSource dataSource) {
        return new SpringApplicationBuilder(JobHistory.class)
                .initializers(context ->
                        context.getBeanFactory().registerSingleton("dataSource", dataSource))
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .lazyInitialization(true)
                .registerShutdownHook(false)
                .properties(JobHistory.PROPERTIES)
                .run();
    }

    private static Job job(JobRepository repository, List<NightStep> steps) {
        SimpleJobBuilder builder =
                new JobBuilder(NAME, repository).start(step(repository, steps.getFirst()));
        steps.stream().skip(1).forEach(step -> builder.next(step(repository, step)));
        return builder.build();
    }

    // No transaction manager: a stage commits its own work, and an idle transaction around it
    // would only hold a connection.
    private static Step step(JobRepository repository, NightStep step) {
        return new StepBuilder(step.name(), repository)
                .tasklet((contribution, context) -> {
                    step.work().run();
                    return RepeatStatus.FINISHED;
                })
                .build();
    }

    private static Exception failureOf(JobExecution night) {
        List<Throwable> failures = night.getAllFailureExceptions();
        if (!failures.isEmpty() && failures.getFirst() instanceof Exception first) {
            return first;
        }
        return new IllegalStateException("the night ended as " + night.getExitStatus());
    }
}
