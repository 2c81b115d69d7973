# SPDX-License-Identifier: GPL-3.0-or-later

test_that("a game goes as the run", {
  game <- dredge_game(small, "iterative", replicate = 3)
  state <- dredge_step(game, months = 24)
  expect_equal(state$month, 24)
  expect_false(dredge_is_over(game))
  expected <- dredge_outcome(dredge_run(small, progress = FALSE), "structural_share")[1, "iterative", 4]
  expect_equal(state$structural_share, expected, tolerance = 1e-6)
  expect_equal(dredge_step(game, months = 100)$month, 30)
  expect_true(dredge_is_over(game))
  expect_output(print(game), "month 30")
})

test_that("steering by hand", {
  expect_equal(dredge_step(dredge_game(small), process = 0, depth = 0)$process, 0)
  expect_error(dredge_step(dredge_game(small), process = 2, depth = 0), "between 0 and 1", class = "dredge_usage_error")
  expect_error(dredge_step(dredge_game(small), process = 0.1), "together", class = "dredge_usage_error")
})
