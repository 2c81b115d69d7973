# SPDX-License-Identifier: GPL-3.0-or-later

test_that("a function equals a listed design", {
  rows <- cbind(convener.skill = c(0.2, 0.7, 0.4), funder.target = c(0.5, 1, 2))
  design <- list(method = "list", factors = list(convener.skill = rows[, 1], funder.target = rows[, 2]))
  listed <- dredge_run(c(small, list(design = design)), progress = FALSE)
  f <- dredge_function(small, colnames(rows), c("structural_share", "quick_results"), "iterative", 20)
  runs <- f(rows, runs = TRUE)
  expect_equal(dim(runs), c(3, 2, 20))
  expect_identical(as.vector(runs[, 2, ]), as.vector(dredge_outcome(listed, "quick_results")[, "iterative", ]))
  expect_equal(f(rows)[, "structural_share"], rowMeans(runs[, 1, ]))
  expect_identical(f(as.data.frame(rows)[2:1]), f(rows))
  expect_identical(f(rows[3, ]), f(rows)[3, , drop = FALSE])
  expect_equal(dim(f(rows[0, ])), c(0, 2))
})

test_that("rows share their luck; other replicates are other luck; saved functions open again", {
  f <- dredge_function(small, "convener.skill", replicates = 4)
  both <- f(c(0.3, 0.3) |> matrix(2), runs = TRUE)
  expect_identical(both[1, , ], both[2, , ])
  other <- dredge_function(small, "convener.skill", replicates = 4, first = 4)
  expect_false(identical(f(0.3, runs = TRUE), other(0.3, runs = TRUE)))
  expect_identical(unserialize(serialize(f, NULL))(0.3), f(0.3))
})

test_that("many calls leave nothing behind", {
  skip_if_not(file.exists("/proc/self/statm"))
  resident <- function() scan("/proc/self/statm", quiet = TRUE)[2] * 4096
  f <- dredge_function(small, "convener.skill", replicates = 1, threads = 1)
  for (k in 1:200) f(0.5)
  gc()
  before <- resident()
  for (k in 1:2000) f(0.5)
  gc()
  expect_lt(resident() - before, 8e6)
})
