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
  refused(dredge_function(small, "skill")(0.5), "skill")
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
