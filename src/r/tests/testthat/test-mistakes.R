# SPDX-License-Identifier: GPL-3.0-or-later

refused <- function(expression, sentence, kind = "usage") {
  expect_error(expression, sentence, class = paste0("dredge_", kind, "_error"))
}

test_that("mistakes in a study say what to do", {
  refused(dredge_study(list(montsh = 3)), "did you mean months", "study")
  refused(dredge_study(list(months = NaN)), "without NA")
  refused(dredge_study(3), "the path of a file or a list, not of class numeric")
  refused(dredge_function(dredge_run(small, progress = FALSE), "convener.skill"), "not of class dredge_results")
  refused(dredge_study(list(1, months = 3)), "must have a name")
  refused(dredge_study(list(months = sum)), "has no place")
  refused(dredge_study("/no/such/study.yaml"), "no such file", "file")
  refused(dredge_study(tempdir()), "no such file", "file")
  refused(dredge_study(small, set = list(convener.skill = 7)), "between 0 and 1", "study")
  refused(dredge_study(small, set = list(7)), "a name for each value")
  refused(dredge_run(small, threads = -1, progress = FALSE), "threads")
  refused(dredge_run(small, progress = NA), "TRUE or FALSE")
})

test_that("mistakes with a function say what to do", {
  f <- dredge_function(small, "convener.skill", replicates = 2)
  refused(f("x"), "no table of numbers")
  refused(f(NA_real_), "row 0")
  refused(f(matrix(c(0.5, 1.5))), "row 1: convener.skill = 1.5")
  refused(f(matrix(0.5, 1, 2)), "a column for each of convener.skill")
  refused(f(data.frame(skill = 1)), "no column convener.skill")
  refused(dredge_function(small, character()), "at least one name")
  refused(dredge_function(small, "convener.skill", "structure"), "no outcome")
  refused(dredge_function(small, "convener.skill", regime = "none"), "no regime")
  refused(dredge_function(small, "convener.skill", replicates = 0), "from 1")
  refused(dredge_function(small, "skill"), "no factor is called")
  refused(dredge_function(small, "convener.skil"), "did you mean convener.skill")
})

test_that("mistakes with results say what to do", {
  results <- dredge_run(small, progress = FALSE)
  refused(dredge_outcome(results, "structral_share"), "did you mean structural_share")
  refused(dredge_series(results, 3), "names|name")
  refused(dredge_compare(results, "trust_end", baseline = "x"), "no regime")
  refused(dredge_report(results, tempfile(), language = "xx"), "xx")
  refused(dredge_report(results, "/no/such/folder/page.html"), "cannot write", "file")
  refused(plot(results, "trust", point = 5), "point")
  refused(dredge_open("/etc/hostname"), "hostname", "file")
  refused(dredge_open(3), "one text")
  refused(dredge_outcome(list(), "trust_end"), "made by dredge_run")
  refused(dredge_outcome(unserialize(serialize(results, NULL)), "trust_end"), "saved in one session")
  none <- dredge_run(small, set = list(output.trajectories = "none"), progress = FALSE)
  refused(dredge_series(none), "no trajectories")
})

test_that("mistakes with a game say what to do", {
  refused(dredge_game(small, replicate = -1), "from 0")
  refused(dredge_game(small, "none"), "no regime")
  refused(dredge_step(3), "made by dredge_game")
  refused(dredge_step(unserialize(serialize(dredge_game(small), NULL))), "saved in one session")
})

test_that("the versions agree", {
  expect_identical(as.character(packageVersion("dredge")), dredge_version())
})

test_that("lists that are nested too deep, and devices, are no studies", {
  deep <- list()
  for (k in 1:5000) deep <- list(a = deep)
  refused(dredge_study(deep), "nested deeper")
  refused(dredge_study("/dev/zero"), "cannot open the study /dev/zero", "file")
})

test_that("rows go by the names of their columns; flags are flags", {
  f <- dredge_function(small, c("convener.skill", "funder.target"), replicates = 4)
  rows <- cbind(convener.skill = c(0.3, 0.6), funder.target = c(0.5, 1))
  expect_identical(f(rows[, 2:1]), f(rows))
  expect_identical(f(cbind(z = 9, rows)[, 3:1]), f(rows))
  expect_identical(f(unname(rows)), f(rows))
  expect_identical(f(c(funder.target = 0.5, convener.skill = 0.3)), f(rows[1, ]))
  refused(f(rows, runs = "yes"), "TRUE or FALSE")
  refused(f(c(NA, 1)), "row 0: convener.skill")
  refused(f(array(0.5, c(1, 2, 2))), "3 dimensions")
  refused(f(c(1i, 1)), "no table of numbers")
  refused(f(Sys.Date()), "no table of numbers")
  refused(dredge_function(small, "convener.skill", replicates = 1e10), "to 2147483647")
})

test_that("files that go away or change, handles of another kind, and functions of the caller that jump", {
  results <- dredge_run(small, to = tempfile(fileext = ".h5"), progress = FALSE)
  expect_identical(dredge_verify(results), results$digest)
  file <- tempfile(fileext = ".h5")
  cut <- dredge_run(small, to = file, progress = FALSE)
  half <- readBin(file, "raw", 5000)
  writeBin(half, file)
  refused(dredge_outcome(cut, "trust_end"), "damaged", "file")
  crossed <- unclass(results)
  crossed$handle <- dredge_game(small)$handle
  refused(dredge_verify(structure(crossed, class = "dredge_results")), "no results of dredge")
  refused(dredge_step(structure(list(handle = 3), class = "dredge_game")), "no game of dredge")
  closing <- dredge_run(small, progress = FALSE)
  expect_identical(dredge_run(small, progress = function(done, runs) dredge_close(closing))$digest, results$digest)
  expect_identical(dredge_run(small, progress = function(done, runs) dredge_run(small, progress = FALSE))$digest, results$digest)
})
