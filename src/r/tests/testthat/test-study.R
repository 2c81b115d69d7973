# SPDX-License-Identifier: GPL-3.0-or-later

test_that("a study says what it asks for", {
  study <- dredge_study(small, set = list(convener.skill = 0.8))
  expect_equal(study$regimes, c("linear_kpi", "iterative"))
  expect_equal(study$n_runs, 40)
  expect_equal(study$parameters[["convener.skill"]], 0.8)
  expect_output(print(study), "40 runs")
})

test_that("lists keep every bit and every kind of value", {
  expect_equal(to_json(list(a = 0.1 + 0.2, b = 1:2, c = list("x"), d = TRUE, e = c(x = 0.5, y = 0.5)), "study"),
               '{"a": 0.30000000000000004, "b": [1, 2], "c": ["x"], "d": true, "e": {"x": 0.5, "y": 0.5}}')
  expect_equal(to_json(list(title = "a \"b\"\nc\\"), "study"), '{"title": "a \\"b\\"\\nc\\\\"}')
  expect_equal(dredge_study(small, set = list(convener.skill = 0.1 + 0.2))$parameters[["convener.skill"]], 0.1 + 0.2)
  expect_equal(dredge_study(c(small[-5], list(regimes = list("iterative"))))$regimes, "iterative")
})

test_that("a study from a file, and one that was saved and loaded, run the same", {
  file <- text_file("title: Small\nmonths: 24\naftercare_months: 6\nseed: 5\nreplicates: 20\nregimes: [linear_kpi, iterative]\n")
  study <- dredge_study(file)
  expected <- dredge_run(small, progress = FALSE)
  saved <- unserialize(serialize(study, NULL))
  for (run in list(dredge_run(study, progress = FALSE), dredge_run(saved, progress = FALSE, threads = 1))) {
    expect_identical(dredge_outcome(run, "trust_end"), dredge_outcome(expected, "trust_end"))
  }
})

test_that("the same digest as the command for every scenario", {
  scenarios <- list.files(file.path(Sys.getenv("DREDGE_SOURCE"), "scenarios"), "[.]yaml$", full.names = TRUE)
  skip_if(length(scenarios) == 0, "the scenarios are not here")
  for (scenario in scenarios) {
    file <- tempfile(fileext = ".h5")
    command("run", scenario, "--replicates", "2", "-o", file, "--quiet")
    expect_identical(dredge_run(scenario, set = list(replicates = 2), progress = FALSE)$digest,
                     strsplit(command("digest", file), " ")[[1]][1])
  }
})

test_that("an interrupted run keeps what is done", {
  long <- dredge_study(small, set = list(replicates = 1000000, output.trajectories = "none"))
  signal <- function(done, runs) if (done > 2000) tools::pskill(Sys.getpid(), tools::SIGINT)
  part <- tryCatch(dredge_run(long, progress = signal), interrupt = function(i) i$results)
  n <- nrow(as.data.frame(part))
  expect_gt(n, 2000)
  expect_lt(n, 2000000)
})

test_that("an error of the caller's progress comes through", {
  long <- dredge_study(small, set = list(replicates = 20000, output.trajectories = "none"))
  expect_error(dredge_run(long, progress = function(done, runs) stop("mine")), "mine")
  f <- dredge_function(long, "convener.skill", replicates = 20000)
  expect_error(f(0.5, progress = function(done, runs) stop("mine")), "mine")
})

test_that("a run into a file is the run in memory; resume and force", {
  file <- tempfile(fileext = ".h5")
  written <- dredge_run(small, to = file, progress = FALSE)
  expect_identical(written$digest, dredge_run(small, threads = 1, progress = FALSE)$digest)
  expect_identical(dredge_verify(written), written$digest)
  expect_error(dredge_run(small, to = file, progress = FALSE), class = "dredge_file_error")
  expect_s3_class(dredge_run(small, to = file, progress = FALSE, force = TRUE), "dredge_results")
})

test_that("forked children compute", {
  skip_on_os("windows")
  expected <- dredge_run(small, progress = FALSE)$digest
  digests <- parallel::mclapply(1:2, function(k) dredge_run(small, progress = FALSE)$digest, mc.cores = 2)
  expect_identical(digests, list(expected, expected))
})
