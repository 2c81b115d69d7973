# SPDX-License-Identifier: GPL-3.0-or-later

dredge_open <- function(path) new_results(.Call(r_results_open, check_path(path, "path")))

new_results <- function(handle) {
  about <- from_json(.Call(r_results_describe, handle))
  for (key in c("regimes", "statistics", "sectors", "sector_pairs")) about[[key]] <- texts_of(about[[key]])
  about$months <- numbers_of(about$months)
  about$factors <- setNames(lapply(about$factors, factor_values), vapply(about$factors, function(factor) factor$key, ""))
  about$outcomes <- described(about$outcomes)
  about$series <- described(about$series)
  structure(c(list(handle = handle), about), class = "dredge_results")
}

# Numbers; of categories (theories) a factor of their names.
factor_values <- function(told) {
  values <- numbers_of(told$values)
  if (is.null(told$names)) values else factor(texts_of(told$names)[values + 1], levels = texts_of(told$names))
}

# A data frame of what is told of outcomes or series.
described <- function(rows) {
  columns <- c("name", "unit", "better", "long_name", "description", "dimension")
  values <- lapply(columns, function(column) vapply(rows, function(row) row[[column]], if (column == "better") 0L else ""))
  as.data.frame(setNames(values, columns))
}

results_handle <- function(results) {
  if (!inherits(results, "dredge_results")) refuse("results = ", shown(class(results)), ": must be made by dredge_run or dredge_open")
  results$handle
}

dredge_close <- function(results) invisible(.Call(r_results_close, results_handle(results)))

print.dredge_results <- function(x, ...) {
  cat("<dredge results> ", x$title, "\n", x$points, " design points, regimes ", paste(x$regimes, collapse = ", "), ", ",
      x$replicates, " replicates; digest ", x$digest, "\n", sep = "")
  invisible(x)
}

# Names of the columns behind an outcome or series: itself, or one for each sector or pair of sectors.
columns_of <- function(results, row) {
  if (row$dimension == "scalar") return(setNames(row$name, ""))
  places <- if (row$dimension == "sector") results$sectors else results$sector_pairs
  setNames(sprintf("%s[%s]", row$name, places), places)
}

row_of <- function(rows, name, what) rows[match(check_choice(name, rows$name, what), rows$name), ]

dredge_outcome <- function(results, outcome) {
  handle <- results_handle(results)
  row <- row_of(results$outcomes, outcome, "outcome")
  columns <- columns_of(results, row)
  size <- c(results$replicates, length(results$regimes), results$points)
  labels <- list(replicate = seq_len(size[1]) - 1, regime = results$regimes, point = seq_len(size[3]) - 1)
  parts <- lapply(columns, function(column) array(.Call(r_results_outcome, handle, column), size))
  if (row$dimension == "scalar") return(aperm(array(parts[[1]], size, labels)))
  labels[[row$dimension]] <- names(columns)
  aperm(array(unlist(parts), c(size, length(columns)), labels), c(3, 2, 1, 4))
}

# The columns that say which run a row is: of all runs, in the order of the library.
run_columns <- function(results, replicates = seq_len(results$replicates) - 1) {
  n_regimes <- length(results$regimes)
  n <- length(replicates)
  point <- rep(seq_len(results$points) - 1, each = n_regimes * n)
  regime <- factor(rep(rep(results$regimes, each = n), results$points), levels = results$regimes)
  columns <- data.frame(point = point, regime = regime)
  columns$replicate <- rep(replicates, results$points * n_regimes)
  for (key in names(results$factors)) columns[[key]] <- results$factors[[key]][point + 1]
  columns
}

as.data.frame.dredge_results <- function(x, row.names = NULL, optional = FALSE, ...) {
  handle <- results_handle(x)
  status <- .Call(r_results_status, handle)
  frame <- run_columns(x)
  for (name in x$outcomes$name[x$outcomes$dimension == "scalar"]) frame[[name]] <- .Call(r_results_outcome, handle, name)
  frame <- frame[status == 1, ]
  rownames(frame) <- row.names
  frame
}

dredge_series <- function(results, series = NULL) {
  handle <- results_handle(results)
  if (results$trajectories == "none") refuse("these results hold no trajectories (output.trajectories)")
  if (is.null(series)) series <- results$series$name[results$series$dimension == "scalar"]
  series <- check_names(series, "series")
  do.call(rbind, lapply(series, function(name) one_series(results, handle, row_of(results$series, name, "series"))))
}

# Rows for every point, regime and month, counted from 1; of summaries a column per statistic, of runs a row per replicate.
one_series <- function(results, handle, row) {
  is_summary <- results$trajectories == "summary"
  rows <- if (is_summary) results$statistics else seq_len(results$replicates) - 1
  n_months <- length(results$months)
  columns <- columns_of(results, row)
  frames <- lapply(seq_along(columns), function(k) {
    values <- .Call(r_results_series, handle, columns[[k]], length(rows), n_months)
    frame <- run_columns(results, if (is_summary) 0 else rows)
    frame <- frame[rep(seq_len(nrow(frame)), each = n_months), , drop = FALSE]
    if (is_summary) frame$replicate <- NULL
    frame$series <- row$name
    if (row$dimension != "scalar") frame[[row$dimension]] <- names(columns)[k]
    frame$month <- rep(results$months + 1, length.out = nrow(frame))
    if (is_summary) {
      values <- aperm(array(values, c(n_months, length(rows), length(results$regimes) * results$points)), c(1, 3, 2))
      for (statistic in seq_along(rows)) frame[[rows[statistic]]] <- as.vector(values[, , statistic])
    } else {
      frame$value <- values
    }
    frame
  })
  frame <- do.call(rbind, frames)
  rownames(frame) <- NULL
  frame
}

dredge_compare <- function(results, outcome = NULL, baseline = NULL) {
  document <- from_json(.Call(r_results_compare, results_handle(results), check_text(baseline, "baseline", or_null = TRUE)))
  outcomes <- document$outcomes
  if (!is.null(outcome)) {
    outcome <- check_names(outcome, "outcome")
    outcomes <- outcomes[vapply(outcome, check_choice, "", choices = names(outcomes), what = "outcome")]
  }
  regimes <- unlist(lapply(outcomes, names), use.names = FALSE)
  rows <- unlist(unname(outcomes), recursive = FALSE)
  keys <- unique(unlist(lapply(rows, names)))
  is_plain <- function(key) all(vapply(rows, function(row) length(row[[key]]) <= 1 && !is.list(row[[key]]), NA))
  keys <- Filter(is_plain, keys)
  values <- lapply(keys, function(key) {
    cells <- lapply(rows, function(row) if (is.null(row[[key]])) NA else row[[key]])
    unlist(cells, use.names = FALSE)
  })
  frame <- as.data.frame(setNames(values, keys))
  cbind(data.frame(outcome = rep(names(outcomes), lengths(outcomes)),
                   regime = factor(regimes, levels = results$regimes)), frame)
}

summary.dredge_results <- function(object, ...) dredge_compare(object, ...)

dredge_report <- function(results, path, language = "en", baseline = NULL) {
  path <- check_path(path, "path")
  page <- .Call(r_results_report, results_handle(results), check_text(baseline, "baseline", or_null = TRUE),
                check_text(language, "language"))
  file <- tryCatch(base::file(path, "wb"), error = function(e) NULL, warning = function(w) NULL)
  if (is.null(file)) fail("file_error", paste0("cannot write the page ", path))
  on.exit(close(file))
  writeBin(charToRaw(enc2utf8(page)), file)
  invisible(path)
}

dredge_write <- function(results, path, force = FALSE) {
  path <- check_path(path, "path")
  if (inherits(results, "dredge_posterior")) {
    .Call(r_posterior_write, results$handle, path, check_flag(force, "force"))
    return(invisible(path))
  }
  if (!.Call(r_results_write, results_handle(results), path, check_flag(force, "force"))) {
    warning("the run was interrupted: what was finished is kept beside ", path, ", and dredge_run(study, to = path, resume = TRUE) ",
            "goes on", call. = FALSE)
  }
  invisible(path)
}

dredge_verify <- function(results) .Call(r_results_digest, results_handle(results))

# A fan per regime: the middle half and the middle 90% of the replicates, and the mean.
plot.dredge_results <- function(x, series = "structural_share", point = 0, ...) {
  if (x$trajectories != "summary") refuse("a fan needs results with summaries (output.trajectories: summary)")
  frame <- dredge_series(x, series)
  point <- check_whole(point, "point", 0, x$points - 1)
  frame <- frame[frame$point == point, ]
  colours <- c("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
  colours <- rep(colours, length.out = length(x$regimes))
  row <- row_of(x$series, series, "series")
  plot(range(frame$month), range(frame$q05, frame$q95, na.rm = TRUE), type = "n", xlab = "month",
       ylab = sprintf("%s (%s)", row$long_name, row$unit), ...)
  for (k in seq_along(x$regimes)) {
    own <- frame[frame$regime == x$regimes[k], ]
    for (band in list(c("q05", "q95"), c("q25", "q75"))) {
      polygon(c(own$month, rev(own$month)), c(own[[band[1]]], rev(own[[band[2]]])), border = NA,
              col = adjustcolor(colours[k], 0.15))
    }
  }
  for (k in seq_along(x$regimes)) {
    own <- frame[frame$regime == x$regimes[k], ]
    lines(own$month, own$mean, col = colours[k], lwd = 2)
  }
  legend("topleft", x$regimes, col = colours, lwd = 2, bty = "n")
  invisible(frame)
}
