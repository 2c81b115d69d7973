/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "api/inside.h"
#include "engine/rows.h"
#include "run/play.h"

struct dredge_game {
    struct play inner;
};

dredge_status dredge_game_new(const dredge_study *study, const char *regime, int replicate, dredge_game **game)
{
    status_clear();
    if (game == NULL) {
        return status_fail(DREDGE_USAGE, "dredge_game_new: there is no place for the game");
    }
    *game = NULL;
    if (study == NULL || replicate < 0) {
        return status_fail(DREDGE_USAGE, "a game needs a study, and a replicate of 0 or more");
    }
    struct regime chosen;
    dredge_status status = play_regime(&study->inner, regime, &chosen);
    if (status != DREDGE_OK) {
        return status;
    }
    dredge_game *made = rows_new(sizeof *made); /* aligned, as the lanes inside must be */
    if (made == NULL) {
        return status_no_memory(sizeof *made);
    }
    status = play_init(&made->inner, &study->inner, 1, &chosen, (uint32_t)replicate);
    if (status != DREDGE_OK) {
        free(made);
        return status;
    }
    *game = made;
    return DREDGE_OK;
}

void dredge_game_free(dredge_game *game)
{
    if (game != NULL) {
        play_free(&game->inner);
        free(game);
    }
}

dredge_status dredge_game_steer(dredge_game *game, double process, double depth)
{
    status_clear();
    if (game == NULL) {
        return status_fail(DREDGE_USAGE, "there is no game to steer");
    }
    if (!(process >= 0 && process <= 1) || !(depth >= 0 && depth <= 1)) {
        return status_fail(DREDGE_USAGE, "process = %g and depth = %g: must lie between 0 and 1", process, depth);
    }
    play_steer(&game->inner, 0, process, depth);
    return DREDGE_OK;
}

int dredge_game_step(dredge_game *game)
{
    struct switches own;
    if (game == NULL) {
        return 0;
    }
    caller_switch(&own);
    int is_further = play_step(&game->inner);
    caller_switch_back(&own);
    return is_further;
}

int dredge_game_month(const dredge_game *game)
{
    return game != NULL ? game->inner.month : 0;
}

dredge_status dredge_game_describe(const dredge_game *game, char **json)
{
    caller_begin_text(json);
    if (game == NULL || json == NULL) {
        return status_fail(DREDGE_USAGE, "dredge_game_describe needs a game and a place for the text");
    }
    struct json writer = {0};
    play_describe(&game->inner, &writer);
    return json_finish(&writer, json);
}

const float *dredge_game_state(const dredge_game *game)
{
    return game != NULL ? game->inner.frames : NULL;
}

int dredge_game_size(const dredge_game *game)
{
    return game != NULL ? game->inner.stride : 0;
}
