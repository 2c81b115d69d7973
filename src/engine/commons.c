/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/commons.h"

#include <stdlib.h>
#include <string.h>

#include "base/stream.h"
#include "engine/fixed.h"
#include "engine/rows.h"
#include "model/organisation.h"
#include "model/purpose.h"

enum { POOL_PER_SEAT = 4 }; /* organisations of the region per seat of the sector */

dredge_status commons_init(struct commons *commons, const struct scenario *scenario, int n_threads)
{
    memset(commons, 0, sizeof *commons);
    for (int sector = 0; sector < N_SECTORS; sector++) {
        commons->first_of[sector + 1] = commons->first_of[sector] + scenario->parameters.sector[sector].organisations;
    }
    commons->n_organisations = commons->first_of[N_SECTORS];
    commons->n_threads = n_threads;
    size_t n = (size_t)commons->n_organisations;
    commons->organisation = rows_new(n * sizeof *commons->organisation);
    commons->sums = rows_new((size_t)n_threads * n * sizeof *commons->sums);
    if (commons->organisation == NULL || commons->sums == NULL) {
        commons_free(commons);
        return status_no_memory(n * sizeof *commons->organisation + (size_t)n_threads * n * sizeof *commons->sums);
    }
    return DREDGE_OK;
}

void commons_free(struct commons *commons)
{
    free(commons->organisation);
    free(commons->sums);
    memset(commons, 0, sizeof *commons);
}

void commons_start(struct commons *commons, const struct scenario *scenario, uint32_t replicate)
{
    for (int sector = 0; sector < N_SECTORS; sector++) {
        const struct sector_parameters *own = &scenario->parameters.sector[sector];
        const float centre[N_AXES] = {(float)own->collective, (float)own->action, (float)own->evidence};
        for (int number = commons->first_of[sector]; number < commons->first_of[sector + 1]; number++) {
            struct stream_address address = {scenario->seed, replicate, PURPOSE_ORGANISATION, (uint32_t)number, 0, 0};
            uint32_t words[4];
            stream_words(&address, words);
            struct organisation *organisation = &commons->organisation[number];
            for (int axis = 0; axis < N_AXES; axis++) {
                float normal = stream_normal(stream_uniform(words[axis]));
                organisation->position[axis] = organisation_start(&scenario->rates, centre[axis], normal);
            }
            organisation->standing = scenario->rates.trust_start;
            organisation->appreciation = scenario->rates.recognition;
        }
    }
}

/* The seats of one sector in one collaboration: a partial Fisher-Yates shuffle of the pool. */
static void seat_sector(const struct commons *commons, const struct scenario *scenario, struct block *block, int lane,
                        int sector)
{
    const struct sector_parameters *own = &scenario->parameters.sector[sector];
    int n_seats = own->inside + own->outside;
    int n = own->organisations;
    int n_pool = n < POOL_PER_SEAT * n_seats ? n : POOL_PER_SEAT * n_seats;
    int64_t start = (int64_t)block->entity[lane] * n / scenario->parameters.collaborations;
    int pool[POOL_PER_SEAT * 2 * 64] = {0}; /* seats of a sector: at most 64 inside and 64 outside (parameters.def) */
    for (int k = 0; k < n_pool; k++) {
        pool[k] = commons->first_of[sector] + (int)((start + k) % n);
    }
    int taken = 0;
    for (int seat = 0; seat < scenario->plan.n_seats; seat++) {
        if (scenario->plan.seat[seat].sector == sector) {
            struct stream_address address = {
                scenario->seed, block->replicate[lane], PURPOSE_SEATING, block->entity[lane], 0, (uint32_t)seat};
            uint32_t words[4];
            stream_words(&address, words);
            int drawn = taken + (int)stream_choice(words[0], (uint32_t)(n_pool - taken));
            int organisation = pool[drawn];
            pool[drawn] = pool[taken];
            pool[taken++] = organisation;
            block->organisation[seat][lane] = (uint32_t)organisation;
        }
    }
}

void commons_seat(const struct commons *commons, const struct scenario *scenario, struct block *block)
{
    for (int lane = 0; lane < block->n_lanes; lane++) {
        for (int sector = 0; sector < N_SECTORS; sector++) {
            seat_sector(commons, scenario, block, lane, sector);
        }
    }
}

void commons_copy(const struct commons *commons, const struct scenario *scenario, struct block *block)
{
    for (int seat = 0; seat < scenario->plan.n_seats; seat++) {
        const uint32_t *number = block->organisation[seat];
        for (int lane = 0; lane < LANES; lane++) {
            const struct organisation *organisation = &commons->organisation[number[lane]];
            block->position[0][seat][lane] = organisation->position[0];
            block->position[1][seat][lane] = organisation->position[1];
            block->position[2][seat][lane] = organisation->position[2];
            block->standing[seat][lane] = organisation->standing;
            block->appreciation[seat][lane] = organisation->appreciation;
        }
    }
}

void commons_gather(struct commons *commons, const struct scenario *scenario, const struct block *block,
                    const struct work *work, int thread)
{
    struct organisation_sums *all = commons->sums + (size_t)thread * (size_t)commons->n_organisations;
    for (int seat = 0; seat < scenario->plan.n_seats; seat++) {
        for (int lane = 0; lane < block->n_lanes; lane++) {
            if (work->lived[lane] && block->inside[seat][lane]) {
                struct organisation_sums *sums = &all[block->organisation[seat][lane]];
                float partners = work->partners_inverse[lane];
                sums->n++;
                sums->trust = fixed_add(sums->trust, fixed_from((double)(work->trust_sum[seat][lane] * partners)));
                sums->escalated =
                    fixed_add(sums->escalated, fixed_from((double)(work->escalated_sum[seat][lane] * partners)));
                sums->structural += work->structural[lane];
                sums->frame[0] = fixed_add(sums->frame[0], fixed_from((double)work->frame_start[0][seat][lane]));
                sums->frame[1] = fixed_add(sums->frame[1], fixed_from((double)work->frame_start[1][seat][lane]));
                sums->frame[2] = fixed_add(sums->frame[2], fixed_from((double)work->frame_start[2][seat][lane]));
            }
        }
    }
}

void commons_add(struct commons *commons, int first, int last)
{
    for (int thread = 1; thread < commons->n_threads; thread++) {
        const struct organisation_sums *part = commons->sums + (size_t)thread * (size_t)commons->n_organisations;
        for (int number = first; number < last; number++) {
            struct organisation_sums *sums = &commons->sums[number];
            sums->n += part[number].n;
            sums->trust = fixed_add(sums->trust, part[number].trust);
            sums->escalated = fixed_add(sums->escalated, part[number].escalated);
            sums->structural += part[number].structural;
            for (int axis = 0; axis < N_AXES; axis++) {
                sums->frame[axis] = fixed_add(sums->frame[axis], part[number].frame[axis]);
            }
        }
    }
}

static void learn(struct organisation *organisation, const struct organisation_sums *sums, const struct rates *r)
{
    float trust = (float)fixed_mean(sums->trust, sums->n);
    float escalated = (float)fixed_mean(sums->escalated, sums->n);
    float structural = (float)((double)sums->structural / (double)sums->n);
    organisation->standing = organisation_standing(r, organisation->standing, trust);
    organisation->appreciation = organisation_appreciation(r, organisation->appreciation, structural, escalated);
    for (int axis = 0; axis < N_AXES; axis++) {
        float frame = (float)fixed_mean(sums->frame[axis], sums->n);
        organisation->position[axis] = organisation_position(r, organisation->position[axis], frame);
    }
}

void commons_learn(struct commons *commons, const struct scenario *scenario, int first, int last)
{
    for (int number = first; number < last; number++) {
        if (commons->sums[number].n > 0) {
            learn(&commons->organisation[number], &commons->sums[number], &scenario->rates);
        }
    }
    for (int thread = 0; thread < commons->n_threads; thread++) {
        struct organisation_sums *part = commons->sums + (size_t)thread * (size_t)commons->n_organisations;
        memset(part + first, 0, (size_t)(last - first) * sizeof *part);
    }
}
