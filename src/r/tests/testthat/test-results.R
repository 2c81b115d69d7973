# SPDX-License-Identifier: GPL-3.0-or-later

swept <- c(small, list(design = list(method = "grid", factors = list(convener.skill = c(0.2, 0.7), funder.target = c(0.5, 1)))))

test_that("runs are tidy", {
  results <- dredge_run(swept, progress = FALSE)
  runs <- as.data.frame(results)
  expect_equal(nrow(runs), 4 * 2 * 20)
  expect_equal(levels(runs$regime), c("linear_kpi", "iterative"))
  array <- dredge_outcome(results, "trust_end")
  expect_equal(dim(array), c(4, 2, 20))
  row <- runs[runs$point == 2 & runs$regime == "iterative" & runs$replicate == 7, ]
  expect_identical(row$trust_end, array[[3, 2, 8]])
  expect_equal(row$convener.skill, results$factors$convener.skill[3])
  expect_equal(dim(dredge_outcome(results, "trust_end_by_pair")), c(4, 2, 20, 10))
})

test_that("a series of summaries ends in the mean of its outcome", {
  results <- dredge_run(swept, progress = FALSE)
  series <- dredge_series(results, c("trust", "structural_share"))
  expect_equal(nrow(series), 2 * 4 * 2 * length(results$months))
  at_end <- series[series$series == "structural_share" & series$month == 24 & series$point == 1 & series$regime == "iterative", ]
  expect_equal(at_end$mean, mean(dredge_outcome(results, "structural_share")[2, "iterative", ]), tolerance = 1e-6)
  expect_true(all(series$q05 <= series$q95))
})

test_that("series of single runs, by pair of sectors too", {
  output <- list(trajectories = "runs", every = 3, by_sector = TRUE)
  results <- dredge_run(c(small, list(output = output)), progress = FALSE)
  series <- dredge_series(results, "structural_share")
  expect_equal(nrow(series), 2 * 20 * length(results$months))
  row <- series[series$replicate == 4 & series$month == 24 & series$regime == "linear_kpi", ]
  expect_equal(row$value, dredge_outcome(results, "structural_share")[1, 1, 5], tolerance = 1e-6)
  expect_equal(sort(unique(dredge_series(results, "trust_by_pair")$sector_pair)), sort(results$sector_pairs))
})

test_that("a comparison is the command's", {
  file <- tempfile(fileext = ".h5")
  results <- dredge_run(small, to = file, progress = FALSE)
  table <- dredge_compare(results, "structural_share")
  runs <- as.data.frame(results)
  expect_equal(table$mean, as.vector(tapply(runs$structural_share, runs$regime, mean)))
  expected <- from_json(paste(command("compare", file, "--json"), collapse = ""))$outcomes
  expect_identical(table$low[2], expected$structural_share$iterative$low)
  expect_identical(unique(summary(results)$outcome), names(expected))
})

test_that("a report and a fan are drawn", {
  results <- dredge_run(small, progress = FALSE)
  page <- dredge_report(results, tempfile(fileext = ".html"), language = "nl")
  expect_match(paste(readLines(page, 3), collapse = ""), '<html lang="nl"')
  grDevices::pdf(NULL)
  on.exit(grDevices::dev.off())
  expect_equal(nrow(plot(results, "trust")), 2 * length(results$months))
})

test_that("data frames suit ggplot2", {
  skip_if_not_installed("ggplot2")
  frame <- dredge_series(dredge_run(small, progress = FALSE), "trust")
  picture <- ggplot2::ggplot(frame, ggplot2::aes(month, mean, ymin = q05, ymax = q95, fill = regime)) +
    ggplot2::geom_ribbon() + ggplot2::geom_line()
  built <- ggplot2::ggplot_build(picture)
  expect_equal(nrow(built$data[[1]]), nrow(frame))
})

test_that("closed results say so", {
  results <- dredge_run(small, progress = FALSE)
  dredge_close(results)
  dredge_close(results)
  expect_error(dredge_outcome(results, "trust_end"), "closed", class = "dredge_usage_error")
})
