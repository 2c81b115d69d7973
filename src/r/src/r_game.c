/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "r_inside.h"

static void let_go(SEXP handle)
{
    dredge_game_free(R_ExternalPtrAddr(handle));
    R_ClearExternalPtr(handle);
}

static dredge_game *game_of(SEXP handle)
{
    return r_thing(handle, "game");
}

SEXP r_game_new(SEXP study, SEXP regime, SEXP replicate)
{
    dredge_game *game = NULL;
    SEXP handle = PROTECT(r_handle_new("game", let_go));
    const struct r_study *held = r_thing(study, "study");
    r_check(dredge_game_new(held->inner, r_text(regime), Rf_asInteger(replicate), &game));
    R_SetExternalPtrAddr(handle, game);
    UNPROTECT(1);
    return handle;
}

SEXP r_game_describe(SEXP game)
{
    char *json;
    r_check(dredge_game_describe(game_of(game), &json));
    return r_taken(json);
}

SEXP r_game_steer(SEXP game, SEXP process, SEXP depth)
{
    r_check(dredge_game_steer(game_of(game), Rf_asReal(process), Rf_asReal(depth)));
    return R_NilValue;
}

SEXP r_game_step(SEXP game, SEXP months)
{
    dredge_game *inner = game_of(game);
    int left = Rf_asInteger(months);
    while (left > 0 && dredge_game_step(inner)) {
        left--;
    }
    return R_NilValue;
}

SEXP r_game_month(SEXP game)
{
    return Rf_ScalarInteger(dredge_game_month(game_of(game)));
}

SEXP r_game_state(SEXP game)
{
    const dredge_game *inner = game_of(game);
    int size = dredge_game_size(inner);
    SEXP numbers = Rf_allocVector(REALSXP, size);
    const float *state = dredge_game_state(inner);
    for (int index = 0; index < size; index++) {
        REAL(numbers)[index] = (double)state[index];
    }
    return numbers;
}
