# SPDX-License-Identifier: GPL-3.0-or-later

planted <- list(months = 12, aftercare_months = 0, seed = 8, regimes = list("iterative"),
                calibration = list(priors = list(convener.skill = list(low = 0, high = 1), problem.urgency = list(low = 0.4, high = 1)),
                                   targets = list(list(name = "trust", outcome = "trust_end", value = 0.55, error = 0.02))))

test_that("a posterior is the command's", {
  posterior <- dredge_calibrate(planted, particles = 32, draws = 320, replicates = 4, progress = FALSE)
  expect_equal(nrow(posterior$particles), 32)
  expect_equal(sum(posterior$particles$weight), 1)
  expect_true(all(posterior$particles$problem.urgency >= 0.4))
  expect_equal(posterior$keys$key, c("convener.skill", "problem.urgency"))
  expect_output(print(posterior), "32 particles")
  file <- text_file(to_json(planted, "study"))
  told <- command("calibrate", file, "-o", tempfile(fileext = ".h5"), "--json", "--particles", "32", "--draws", "320", "--replicates", "4")
  expect_identical(posterior$keys$median, vapply(from_json(paste(told, collapse = ""))$keys, function(key) key$median, 0) |> unname())
})

test_that("mistakes with a calibration say what to do", {
  expect_error(dredge_calibrate(planted, particles = 3), "between 16", class = "dredge_usage_error")
  expect_error(dredge_calibrate(planted, particles = 32, draws = 40), "at least twice", class = "dredge_usage_error")
  expect_error(dredge_calibrate(planted, draws = "many"), "draws", class = "dredge_usage_error")
  expect_error(dredge_calibrate(small), "no section `calibration`", class = "dredge_study_error")
})

test_that("results of memory go into a file", {
  results <- dredge_run(small, progress = FALSE)
  file <- tempfile(fileext = ".h5")
  dredge_write(results, file)
  expect_identical(dredge_open(file)$digest, results$digest)
  expect_error(dredge_write(results, file), "exists already", class = "dredge_file_error")
  expect_error(dredge_write(dredge_open(file), tempfile()), "in a file already", class = "dredge_usage_error")
})
