/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <gsl/gsl_randist.h>

#include "model.h"

/* What a month passes from one phase to the next. */
struct flows {
    double learning, escalation, through; /* means over ties */
    double seat_open[SEATS], seat_trust[SEATS], seat_escalation[SEATS], pull[SEATS][3];
    struct tie next[SEATS][SEATS];
};

struct means means_of(const struct collaboration *c)
{
    struct means m = {0};
    for (int j = 0; j < SEATS; j++) {
        if (!c->person[j].inside) {
            continue;
        }
        m.insiders++;
        m.momentum += c->person[j].momentum;
        for (int i = 0; i < j; i++) {
            if (c->person[i].inside) {
                m.ties++;
                m.trust += c->tie[i][j].trust;
                m.latent += c->tie[i][j].latent;
                m.open += c->tie[i][j].open;
            }
        }
    }
    m.momentum /= m.insiders;
    m.trust /= m.ties;
    m.latent /= m.ties;
    m.open /= m.ties;
    m.coverage = (double)m.insiders / SEATS;
    return m;
}

static void steer(struct collaboration *c, const struct steering *steering, int month, const struct means *m,
                  double *share, double *depth)
{
    double tension = m->open + sensing * m->latent;
    c->formation = c->formation && month < steering->formation_months &&
                   !(month >= FORMATION_LEAST && tension < steering->formation_gate);
    double planned = steering->front;
    if (!c->formation) {
        double lack = 0.6 - m->momentum, backlog = 0;
        for (int k = 0; k < CAUSES; k++) {
            backlog += (double)(c->cause[k].diagnosed - c->cause[k].addressed) / CAUSES;
        }
        planned = steering->base + steering->tension_gain * (tension - 0.2) -
                  steering->momentum_gain * (lack > 0 ? lack : 0) - steering->backlog_gain * (backlog - 0.5);
        if (steering->swing_months > 0) {
            planned +=
                2 * (month % steering->swing_months) < steering->swing_months ? steering->swing : -steering->swing;
        }
    }
    *share = clamp(planned, 0, 0.95) * (1 - c->pressure);
    *depth = clamp(0.5 + steering->depth_gain * (m->momentum - 0.5), 0, 1) * (1 - c->pressure);
}

static void tie_month(const struct collaboration *c, int i, int j, double s, gsl_rng *rng, struct flows *f)
{
    const struct person *a = &c->person[i], *b = &c->person[j];
    const struct tie *tie = &c->tie[i][j];
    double trust = tie->trust, latent = tie->latent, open = tie->open;
    double distance = phi(squared_distance(a->frame, b->frame));
    double safety = safety_floor + (1 - safety_floor) * trust;
    double work = gen_base + gen_work * sqrt(a->momentum * b->momentum) * c->budget * (1 - s);
    double generated = phi(work * distance * 2 * gsl_rng_uniform(rng)) * (1 - latent - open);
    double surfaced = phi(surface * s * safety) * latent;
    double through = phi(reframe * c->skill * s * safety) * open;
    double buried = phi(bury * (1 - s)) * (open - through);
    double escalated = 0;
    if (happens(rng, 2 * escalate * (1 - trust) * (latent + open * (1 - s)) * (1 + c->pressure))) {
        escalated = escalate_share * (latent - surfaced);
    }

    struct tie *next = &f->next[i][j];
    next->latent = latent + generated - surfaced + buried - escalated;
    next->open = open + surfaced + escalated - through - buried;
    double t = trust + (1 - trust) * phi(trust_through * through + trust_win * c->relevance * c->wins * (1 - open));
    t *= (1 - phi(trust_open * open * (1 - s))) * (1 - trust_escalate * escalated);
    next->trust = t + trust_drift * (trust_start - t);

    double left = tie->unexplored / (1 + explore * through);
    next->unexplored = left + phi(renew) * (1 - left);

    f->learning += through * tie->unexplored * 4 * distance * (1 - distance) *
                   (sector_insight[a->sector] + sector_insight[b->sector]) / 2;
    f->escalation += escalated;
    f->through += through;
    f->seat_open[i] += open;
    f->seat_open[j] += open;
    f->seat_trust[i] += trust;
    f->seat_trust[j] += trust;
    f->seat_escalation[i] += escalated;
    f->seat_escalation[j] += escalated;
    for (int axis = 0; axis < 3; axis++) {
        double pull = through * (b->frame[axis] - a->frame[axis]);
        f->pull[i][axis] += pull;
        f->pull[j][axis] -= pull;
    }
}

static void ties_month(const struct collaboration *c, double s, const struct means *m, gsl_rng *rng, struct flows *f)
{
    memset(f, 0, sizeof *f);
    for (int j = 0; j < SEATS; j++) {
        for (int i = 0; i < j; i++) {
            if (c->person[i].inside && c->person[j].inside) {
                tie_month(c, i, j, s, rng, f);
            }
        }
    }
    f->learning /= m->ties;
    f->escalation /= m->ties;
    f->through /= m->ties;
    for (int i = 0; i < SEATS; i++) {
        f->seat_open[i] /= m->insiders - 1;
        f->seat_trust[i] /= m->insiders - 1;
        f->seat_escalation[i] /= m->insiders - 1;
        for (int axis = 0; axis < 3; axis++) {
            f->pull[i][axis] /= m->insiders - 1;
        }
    }
}

/* Which sectors are at the table. */
static void look_around(const struct collaboration *c, int present[SECTORS])
{
    memset(present, 0, SECTORS * sizeof present[0]);
    for (int i = 0; i < SEATS; i++) {
        present[c->person[i].sector] |= c->person[i].inside;
    }
}

static void newcomer(struct collaboration *c, int i, gsl_rng *rng)
{
    c->person[i].momentum = clamp(newcomer_momentum * c->commitment, 0.01, 1);
    for (int axis = 0; axis < 3; axis++) {
        c->person[i].frame[axis] = c->organisation[i].position[axis] + gsl_ran_gaussian(rng, frame_spread);
    }
    for (int j = 0; j < SEATS; j++) {
        if (j != i) {
            struct tie *tie = i < j ? &c->tie[i][j] : &c->tie[j][i];
            double standing = (c->organisation[i].standing + c->organisation[j].standing) / 2;
            tie->trust = trust_start + memory * (tie->trust - trust_start) +
                         (1 - memory) * standing_weight * (standing - trust_start);
            tie->latent += tie->open;
            tie->open = 0;
            tie->unexplored = 1 - memory * (1 - tie->unexplored);
        }
    }
}

/* The next momentum and frame of the person on seat i, in place; returns whether the person leaves. */
static int person_month(struct collaboration *c, int i, double s, double relevance, int wins, const struct flows *f,
                        gsl_rng *rng)
{
    struct person *person = &c->person[i];
    const struct organisation *own = &c->organisation[i];
    double before = person->momentum;
    double gain = recover * c->commitment + win_energy * 2 * phi(wins);
    double loss =
        recover * (1 - c->commitment) + drain_open * f->seat_open[i] + drain_process * s * (1 - own->appreciation) +
        sector_patience[person->sector] * drain_unseen * (1 - relevance) +
        sector_sensitivity[person->sector] * drain_pressure * c->pressure + drain_escalation * f->seat_escalation[i];
    double momentum = before + (gain / (gain + loss) - before) * phi(gain + loss);
    person->momentum = clamp(momentum + gsl_ran_gaussian(rng, momentum_noise), 0.01, 1);
    for (int axis = 0; axis < 3; axis++) {
        person->frame[axis] += frame_shift * f->pull[i][axis];
        person->frame[axis] += constituency * (own->position[axis] - person->frame[axis]);
    }
    return happens(rng, turnover + burnout * pow(1 - before, 3));
}

static void organisation_month(struct organisation *own, const double frame[3], double trust, double escalation,
                               int structural)
{
    double a = own->appreciation;
    own->standing += org_learning * (trust - own->standing);
    own->appreciation = clamp(a + org_learning * ((1 - a) * structural - a * escalation), 0, 1);
    for (int axis = 0; axis < 3; axis++) {
        own->position[axis] += org_shift * (frame[axis] - own->position[axis]);
    }
}

/* Everybody on the seats: what the month makes of them, who leaves, who withdraws, who comes in. */
static void seats_month(struct collaboration *c, double s, const struct means *m, double relevance, int structural,
                        int wins, struct flows *f, gsl_rng *rng)
{
    int leaves[SEATS] = {0}, was_inside[SEATS], remaining = m->insiders;
    double frame[SEATS][3];
    for (int j = 0; j < SEATS; j++) {
        was_inside[j] = c->person[j].inside;
        for (int i = 0; i < j; i++) {
            if (c->person[i].inside && c->person[j].inside) {
                c->tie[i][j] = f->next[i][j];
            }
        }
    }
    for (int i = 0; i < SEATS; i++) {
        memcpy(frame[i], c->person[i].frame, sizeof frame[i]);
        if (was_inside[i]) {
            double rate = withdrawal * (1 - c->person[i].momentum) * (1 - relevance);
            c->person[i].inside = !(happens(rng, rate) && remaining > 2);
            remaining -= !c->person[i].inside;
            leaves[i] = person_month(c, i, s, relevance, wins, f, rng);
        } else {
            c->person[i].inside = happens(rng, invite * s * m->open);
        }
    }
    for (int i = 0; i < SEATS; i++) {
        if (leaves[i]) {
            newcomer(c, i, rng);
        }
    }
    for (int i = 0; i < SEATS; i++) {
        if (was_inside[i]) {
            organisation_month(&c->organisation[i], frame[i], f->seat_trust[i], f->seat_escalation[i], structural);
        }
    }
}

static double force_of(const struct steering *steering)
{
    return steering->kpi_weight * (1 - room);
}

static void funder_month(struct collaboration *c, const struct steering *steering, int month, int counted,
                         int structural)
{
    c->counted_since_review += counted;
    c->structural_since_review += structural;
    if ((month + 1) % REVIEW_MONTHS != 0) {
        return;
    }
    if (!c->formation) {
        double output =
            (c->counted_since_review + structural_visible * c->structural_since_review) / (target * REVIEW_MONTHS);
        double gap = output < 1 ? 1 - output : 0;
        double force = force_of(steering);
        c->pressure += pressure_speed * (force * gap - c->pressure);
        c->budget =
            clamp(c->budget * (1 - cut * force * gap) + budget_recovery * (1 - gap) * (1 - c->budget), budget_floor, 1);
    }
    c->counted_since_review = c->structural_since_review = 0;
}

static void convener_month(struct collaboration *c, double through, gsl_rng *rng)
{
    c->skill += (1 - c->skill) * phi(experience * through);
    if (happens(rng, succession)) {
        c->skill = beta(rng, skill, skill_concentration);
    }
}

int living_month(struct collaboration *c, const struct steering *steering, int month, gsl_rng *rng)
{
    struct means m = means_of(c);
    struct flows f;
    double s, h;
    steer(c, steering, month, &m, &s, &h);
    ties_month(c, s, &m, rng, &f);

    int present[SECTORS];
    look_around(c, present);
    double coordination = (coord_floor + (1 - coord_floor) * m.trust) * (1 - m.open);
    double clear = target / focus_full;
    double asked = 1 + kpi_drive * c->pressure + focus * force_of(steering) * (clear < 1 ? clear : 1);
    double effort = attempts * m.momentum * c->budget * asked * (1 - s);
    diagnoses(c, diagnose * f.learning, 1, present, rng);
    if (c->formation && present[KNOWLEDGE]) {
        diagnoses(c, analysis * s, reach, present, rng);
    }
    diagnoses(c, doing * effort, reach, present, rng);
    int turned = 0, quick = 0, paper = 0;
    int structural = structural_attempts(c, effort * h, coordination, rng, &turned);
    int tries = (int)gsl_ran_poisson(rng, effort * (1 - h)) + turned;
    for (int k = 0; k < tries; k++) {
        if (gsl_rng_uniform(rng) < quick_floor + (1 - quick_floor) * coordination) {
            int only = gsl_rng_uniform(rng) < gaming * c->pressure;
            paper += only;
            quick += !only;
        }
    }
    relapses(c, f.escalation, m.coverage, rng);
    int wins = quick + structural;
    double relevance = c->relevance;
    c->relevance *= 1 - phi((1 - c->symptom) / visibility_months);
    c->relevance += wins > 0 ? (1 - c->relevance) * phi(wins) : 0;
    regenerate_symptom(c, quick);

    seats_month(c, s, &m, relevance, structural, wins, &f, rng);
    convener_month(c, f.through, rng);
    funder_month(c, steering, month, quick + paper, structural);
    c->wins = wins;
    c->alive = !(m.momentum < collapse_below && happens(rng, 1 - m.momentum / collapse_below));
    return m.ties;
}

void ended_month(struct collaboration *c, const struct means *m, gsl_rng *rng)
{
    unsupported_relapses(c, m, 0, rng);
    for (int k = 0; k < CAUSES; k++) {
        go_stale(&c->cause[k], rng);
    }
    regenerate_symptom(c, 0);
}

void aftercare_month(struct collaboration *c, const struct means *m, int *goes_on, gsl_rng *rng)
{
    *goes_on = *goes_on && !happens(rng, lapse * (1 - m->momentum * m->trust));
    unsupported_relapses(c, m, *goes_on, rng);
    regenerate_symptom(c, 0);
}
