# SPDX-License-Identifier: GPL-3.0-or-later

dredge_version <- function() .Call(r_version)

dredge_study <- function(source, set = NULL) {
  if (inherits(source, "dredge_study")) {
    return(if (length(set) == 0) source else open_study(source$name, source$text, c(source$settings, settings_of(set))))
  }
  if (is.list(source) && !is.object(source)) {
    return(open_study("study", charToRaw(to_json(source, "study")), settings_of(set)))
  }
  if (!is_text(source)) refuse("a study is the path of a file or a list, not of class ", class(source)[1])
  path <- path.expand(source)
  size <- file.size(path)
  if (is.na(size) || dir.exists(path)) {
    fail("file_error", paste0("cannot open the study ", path, ": there is no such file"))
  }
  text <- tryCatch(readBin(path, "raw", size), error = function(e) {
    fail("file_error", paste0("cannot open the study ", path, ": ", conditionMessage(e)))
  }, warning = function(w) fail("file_error", paste0("cannot open the study ", path, ": ", conditionMessage(w))))
  open_study(enc2utf8(path), text, settings_of(set))
}

# KEY=VALUE for each element of a named list, as `dredge run --set` takes them.
settings_of <- function(set) {
  if (length(set) == 0) return(character())
  keys <- names(set)
  if (!(is.list(set) || is.atomic(set)) || is.null(keys) || any(is.na(keys) | keys == "")) {
    refuse("set = ", shown(set), ": must be a list with a name for each value, as list(convener.skill = 0.8)")
  }
  values <- vapply(seq_along(set), function(k) if (is_text(set[[k]])) set[[k]] else to_json(set[[k]], keys[k]), "")
  enc2utf8(paste0(keys, "=", values))
}

# The text stays with the study, so that one that was saved and loaded opens again.
open_study <- function(name, text, settings) {
  handle <- .Call(r_study_parse, name, text, settings)
  about <- from_json(.Call(r_study_describe, handle))
  about$regimes <- texts_of(about$regimes)
  about$factors <- texts_of(about$factors)
  about$parameters <- numbers_of(about$parameters)
  about$n_runs <- .Call(r_study_runs, handle)
  state <- new.env(parent = emptyenv())
  state$handle <- handle
  structure(c(list(name = name, text = text, settings = settings, state = state), about), class = "dredge_study")
}

study_handle <- function(study) {
  if (!inherits(study, "dredge_study")) refuse("study = ", shown(class(study)), ": must be made by dredge_study")
  if (.Call(r_is_empty, study$state$handle)) {
    study$state$handle <- .Call(r_study_parse, study$name, study$text, study$settings)
  }
  study$state$handle
}

print.dredge_study <- function(x, ...) {
  cat("<dredge study> ", if (nzchar(x$title)) x$title else x$name, "\n", sep = "")
  cat(format(x$n_runs, big.mark = ","), " runs: ", x$points, " design points, regimes ", paste(x$regimes, collapse = ", "),
      ", ", x$replicates, " replicates\n", sep = "")
  if (length(x$factors)) cat("factors: ", paste(x$factors, collapse = ", "), "\n", sep = "")
  invisible(x)
}

dredge_run <- function(study, set = NULL, to = NULL, threads = 0, progress = interactive(), resume = FALSE, force = FALSE,
                       checkpoint_every = 0, extend = NULL) {
  study <- dredge_study(study, set)
  handle <- study_handle(study)
  threads <- check_whole(threads, "threads", 0)
  told <- teller(progress)
  on.exit(told$end())
  if (!is.null(to)) {
    paths <- c(check_path(to, "to"), if (!is.null(extend)) check_path(extend, "extend"))
    flags <- c(check_flag(resume, "resume"), check_flag(force, "force"))
    told$watch(.Call(r_study_run, handle, paths, threads, flags, check_whole(checkpoint_every, "checkpoint_every", 0), told$tell))
    return(dredge_open(to))
  }
  if (check_flag(resume, "resume") || checkpoint_every != 0 || !is.null(extend)) {
    refuse("resume, checkpoint_every and extend are for runs into a results file: name it with to =")
  }
  made <- told$watch(.Call(r_study_run_in_memory, handle, threads, told$tell))
  results <- new_results(made[[1]])
  told$check()
  if (made[[2]]) interrupted("interrupted; tryCatch(..., interrupt = function(i) i$results) gives what was finished", results)
  results
}

runs_line <- function(done, runs) {
  list(if (runs > 0) done / runs else 1,
       paste(format(done, big.mark = ",", scientific = FALSE), "of", format(runs, big.mark = ",", scientific = FALSE), "runs"))
}

# What an argument `progress` asks for: `tell`, which the library calls and which returns TRUE to stop; `watch`, which runs a
# call and lets an error of the caller's own function come first; `end`, when all is done.
teller <- function(progress, line = runs_line) {
  failed <- NULL
  drawn <- FALSE
  check <- function() if (!is.null(failed)) stop(failed)
  ask <- if (is.function(progress)) progress else if (check_flag(progress, "progress")) function(...) {
    shown <- line(...)
    drawn <<- TRUE
    cat(sprintf("\r%-24s %3.0f%%  %s", strrep("=", floor(24 * shown[[1]])), 100 * shown[[1]], shown[[2]]), file = stderr())
  }
  tell <- if (!is.null(ask)) function(...) tryCatch({
    ask(...)
    FALSE
  }, error = function(e) {
    failed <<- e
    TRUE
  })
  watch <- function(call) tryCatch(call, dredge_interrupt = function(i) {
    check()
    interrupted(conditionMessage(i))
  })
  end <- function() if (drawn) cat("\r", strrep(" ", 70), "\r", sep = "", file = stderr())
  list(tell = tell, watch = watch, end = end, check = check)
}
