# SPDX-License-Identifier: GPL-3.0-or-later

test_that("who did what is told by name, as dredge replay writes it", {
  file <- tempfile(fileext = ".h5")
  memory <- dredge_run(small, progress = FALSE)
  dredge_write(memory, file)
  tables <- c(tempfile(fileext = ".csv"), tempfile(fileext = ".csv"))
  for (results in list(memory, dredge_open(file))) {
    persons <- dredge_persons(results, "iterative", replicate = 3)
    ties <- dredge_ties(results, "iterative", replicate = 3)
    last <- ties[ties$month == 30 & ties$inside, ]
    expect_equal(mean(last$trust), dredge_outcome(results, "trust_end")[1, "iterative", 4], tolerance = 1e-6)
    expect_equal(nrow(persons), 31 * length(unique(persons$seat)))
  }
  command("replay", file, "--regime", "iterative", "--replicate", "3", "--persons", tables[1], "--ties", tables[2])
  written <- list(read.csv(tables[1]), read.csv(tables[2]))
  made <- list(persons, ties)
  for (k in 1:2) {
    for (column in names(made[[k]])) expect_equal(made[[k]][[column]] + 0, written[[k]][[column]] + 0, tolerance = 1e-7) |>
      tryCatch(error = function(e) expect_identical(as.character(made[[k]][[column]]), as.character(written[[k]][[column]])))
  }
})

test_that("members, a survey, events and derived outcomes", {
  members <- text_file("name,organisation,sector,inside\nAnn,City,public,1\nBo,Builders,private,1\nCy,Tenants,nonprofit,1\n")
  ties <- text_file("from,to,trust\nAnn,Bo,0.9\nBo,Ann,0.7\n")
  own <- c(small, list(members = members, ties = ties, events = list(list(month = 12, name = "scandal", shock = list(trust = -0.3))),
                       outcomes = list(list(name = "trust_12", value_of = list(series = "trust", month = 12)))))
  results <- dredge_run(own, progress = FALSE)
  start <- dredge_ties(results)
  expect_equal(start$trust[start$month == 0 & start$from == "Ann" & start$to == "Bo"], 0.8, tolerance = 1e-6)
  expect_true("trust_12" %in% results$outcomes$name)
  f <- dredge_function(own, "convener.skill", "trust_12", "iterative", replicates = 20)
  skill <- dredge_study(own)$parameters[["convener.skill"]]
  expect_identical(as.vector(f(skill, runs = TRUE)), as.vector(dredge_outcome(results, "trust_12")[1, "iterative", ]))
})

test_that("a posterior is a file and a design", {
  planted <- list(months = 12, aftercare_months = 0, seed = 8, regimes = list("iterative"),
                  calibration = list(priors = list(convener.skill = list(low = 0, high = 1)),
                                     targets = list(list(name = "trust", outcome = "trust_end", value = 0.55, error = 0.02))))
  posterior <- dredge_calibrate(planted, particles = 32, draws = 320, replicates = 4, progress = FALSE)
  file <- tempfile(fileext = ".h5")
  dredge_write(posterior, file)
  expect_error(dredge_write(posterior, file), "exists already", class = "dredge_file_error")
  dredge_write(posterior, file, force = TRUE)
  expect_error(dredge_write(unserialize(serialize(posterior, NULL)), file), "saved in one session", class = "dredge_usage_error")
  designed <- c(small, list(design = list(method = "posterior", file = file, points = 8)))
  results <- dredge_run(designed, progress = FALSE)
  expect_true(all(results$factors$convener.skill %in% posterior$particles$convener.skill))
  expect_equal(nrow(dredge_compare(results, "trust_end")), 2)
})

test_that("a file is extended", {
  files <- c(tempfile(fileext = ".h5"), tempfile(fileext = ".h5"))
  dredge_run(small, to = files[1], progress = FALSE)
  larger <- dredge_run(small, set = list(replicates = 40), to = files[2], extend = files[1], progress = FALSE)
  expect_identical(larger$digest, dredge_run(small, set = list(replicates = 40), progress = FALSE)$digest)
  expect_error(dredge_run(small, extend = files[1], progress = FALSE), "name it with to =", class = "dredge_usage_error")
  expect_error(dredge_run(small, resume = TRUE, progress = FALSE), "name it with to =", class = "dredge_usage_error")
  expect_error(dredge_run(small, to = tempfile(), extend = 3, progress = FALSE), "one text", class = "dredge_usage_error")
})

test_that("mistakes about who did what say what to do", {
  results <- dredge_run(small, progress = FALSE)
  expect_error(dredge_persons(results, "iterativ"), "did you mean iterative", class = "dredge_usage_error")
  expect_error(dredge_persons(results, replicate = 20), "no run", class = "dredge_usage_error")
  expect_error(dredge_ties(results, point = 1), "no run", class = "dredge_usage_error")
  expect_error(dredge_ties(3), "made by dredge_run", class = "dredge_usage_error")
  dredge_close(results)
  expect_error(dredge_persons(results), "closed", class = "dredge_usage_error")
})
