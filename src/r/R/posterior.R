# SPDX-License-Identifier: GPL-3.0-or-later

dredge_calibrate <- function(study, particles = 1024, draws = 20000, replicates = 24, threads = 0, progress = interactive(),
                             state = NULL) {
  study <- dredge_study(study)
  numbers <- c(check_whole(particles, "particles", 1), check_whole(draws, "draws", 1), check_whole(replicates, "replicates", 1))
  threads <- check_whole(threads, "threads", 0)
  if (!is.null(state)) state <- check_path(state, "state")
  told <- teller(progress, function(tolerance, share) list(share, sprintf("of the draws, tolerance %.2f", tolerance)))
  on.exit(told$end())
  read <- told$watch(.Call(r_calibrate, study_handle(study), numbers, threads, state, told$tell))
  about <- from_json(read[[1]])
  keys <- names(about$keys)
  targets <- vapply(about$targets, function(target) target$name, "")
  particles <- as.data.frame(setNames(lapply(seq_along(keys), function(k) read[[2]][k, ]), keys), optional = TRUE)
  particles$theory <- read[[6]]
  particles$weight <- read[[4]]
  particles$distance <- read[[5]]
  for (k in seq_along(targets)) particles[[paste0("predicted_", targets[k])]] <- read[[3]][k, ]
  structure(list(particles = particles, keys = rows_to_frame(about$keys, "key"), targets = rows_to_frame(about$targets),
                 theories = numbers_of(about$theories), tolerance = about$tolerance, effective = about$effective,
                 handle = read[[7]]),
            class = "dredge_posterior")
}

# A data frame with a row for each of some lists of the same plain values; their names become a column.
rows_to_frame <- function(rows, name = NULL) {
  columns <- names(rows[[1]])
  values <- lapply(columns, function(column) {
    unlist(lapply(rows, function(row) if (is.null(row[[column]])) NA else row[[column]]), use.names = FALSE)
  })
  frame <- as.data.frame(setNames(values, columns))
  if (is.null(name)) frame else cbind(setNames(data.frame(names(rows)), name), frame)
}

print.dredge_posterior <- function(x, ...) {
  cat("<dredge posterior> ", nrow(x$particles), " particles, tolerance ", format(x$tolerance, digits = 3), "\n", sep = "")
  print(x$keys, digits = 3, row.names = FALSE)
  invisible(x)
}
