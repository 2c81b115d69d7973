/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_FLOW_H
#define STUDY_FLOW_H

#include "study/yaml.h"

/* A node of YAML as text in one line, "{name: wiser, like: iterative, base: 0.25}", which reads as the same node. The caller
 * frees it; NULL when out of memory. */
char *flow_text(const struct yaml_node *node);

#endif
