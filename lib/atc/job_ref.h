// A job of a Concourse as people write it: team/pipeline/job, or team/pipeline[env=staging]/job for
// one in an instance of a pipeline.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/json.h"

namespace upkeep::atc {

// The variables of an instance of a pipeline, flat: nested ones as Concourse names them,
// "env.name", a name that holds a dot in quotes.
using InstanceVars = std::map<std::string, json::value>;

struct JobRef {
    std::string team;
    std::string pipeline;
    InstanceVars instance;  // empty: the pipeline has no instances
    std::string job;

    friend bool operator==(const JobRef&, const JobRef&) = default;
};

// Throws std::invalid_argument with what is wrong. In brackets a value is a number, true, false,
// null or a list where it reads as one, ["z1","z2"], else a text; in double quotes it is a text
// always.
JobRef parse_job(std::string_view text);
std::string to_text(const JobRef& job);
// The same for messages: on one line, without whatever could deceive, shortened.
std::string shown(const JobRef& job);
inline constexpr std::size_t longest_shown = 200;  // columns
// A value as it stands in the brackets: staging, 1, or "1" for the text; and what stands there as a
// value.
std::string variable_text(const json::value& value);
json::value variable_value(const std::string& text);

// Of the variables as Concourse's API has them: {"env": "staging", "region": {"name": "eu"}}.
InstanceVars flat_vars(const json::object& vars);

// At each comma outside of brackets and quotes.
std::vector<std::string> split_list(std::string_view text);

// The parts of such a text, as they stand there: a pattern has the same.
struct JobParts {
    std::string team;
    std::string pipeline;
    std::vector<std::pair<std::string, std::string>> variables;
    std::string job;
};
// Throws as parse_job. Brackets that hold no "=" belong to the name; what is behind a backslash, or
// in double quotes, separates nothing. Blanks around the names and values of variables are no part
// of them.
JobParts split_job(std::string_view text);
JobParts parts_of(const JobRef& job);
std::string to_text(const JobParts& parts);

}  // namespace upkeep::atc
