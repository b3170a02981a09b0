// The options by which a command names a group of jobs and its Concourse.
#pragma once

#include <CLI/CLI.hpp>

#include "resource/throttle/by_hand.h"

namespace upkeep {

// `options` must outlive the app.
void add_concourse_options(CLI::App& app, throttle::GroupOptions& options);
void add_group_options(CLI::App& app, throttle::GroupOptions& options);

}  // namespace upkeep
