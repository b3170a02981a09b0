// What a program that this one starts needs to know of signals.
#pragma once

namespace upkeep {

// Whether this program was started with the signal ignored, as by nohup. Of the signals that
// stop_on_signals (system/stop.h) is about.
bool was_ignored(int signal) noexcept;

}  // namespace upkeep
