// A job is read or refused; what is read is written as what reads the same again, and the pattern
// that means it alone matches it. A pattern is taken or refused, and says itself.
#include "atc/job_pattern.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string>

#include "core/text.h"

namespace {

using upkeep::atc::JobPattern;
using upkeep::atc::JobRef;

std::optional<JobRef> job_of(const std::string& text) {
    try {
        return upkeep::atc::parse_job(text);
    } catch (const std::invalid_argument&) {
        return std::nullopt;
    }
}

// Whether it has names that Concourse lets be, or nearly: all the rest are read, too.
bool is_usual(const JobRef& job) {
    const auto is_plain = [](const std::string& name) {
        return name.find_first_of("*?[]\\\"") == std::string::npos;
    };
    return is_plain(job.team) &&
           std::all_of(job.instance.begin(), job.instance.end(),
                       [&](const auto& variable) { return is_plain(variable.first); });
}

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

}  // namespace

// A job, a line break, a pattern.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string input(reinterpret_cast<const char*>(data), size);
    const std::size_t end = input.find('\n');
    const auto job = job_of(input.substr(0, end));
    const bool is_utf8 = upkeep::valid_utf8(input) == input;  // as all of JSON is
    if (job && is_utf8) {
        upkeep::atc::shown(*job);
        if (is_usual(*job)) {
            require(job_of(to_text(*job)) == job);
            require(JobPattern(pattern_of(*job)).matches(*job));
        }
    }
    if (end != std::string::npos) {
        try {
            const JobPattern pattern(input.substr(end + 1));
            require(pattern.text() == input.substr(end + 1));
            if (job && pattern.matches(*job)) {
                require(pattern.team() == job->team);
            }
        } catch (const std::invalid_argument&) {
        }
    }
    return 0;
}
