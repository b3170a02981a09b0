#include "atc/job_ref.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <utility>

#include "core/failure.h"
#include "core/text.h"

namespace upkeep::atc {

namespace {

constexpr const char* wanted =
    "it is no job, wanted: team/pipeline/job, or team/pipeline[env=staging]/job for an instance";

// Follows a text character by character: where double quotes and brackets begin and end.
class Nesting {
  public:
    // The next one; whether it stands outside of both, and behind no backslash.
    bool take(char c) {
        if (std::exchange(escaped_, c == '\\' && !escaped_)) {
            return false;
        }
        if (c == '"') {
            in_quotes_ = !in_quotes_;
        } else if (c == '[' && !in_quotes_) {
            ++depth_;
        } else if (c == ']' && !in_quotes_ && depth_ > 0) {
            --depth_;
        }
        return !in_quotes_ && depth_ == 0;
    }
    std::size_t depth() const { return depth_; }

  private:
    std::size_t depth_ = 0;
    bool in_quotes_ = false;
    bool escaped_ = false;
};

// What `text` is cut into at each `separator` that stands outside.
std::vector<std::string> pieces_of(std::string_view text, char separator) {
    std::vector<std::string> pieces(1);
    Nesting nesting;
    for (const char c : text) {
        if (nesting.take(c) && c == separator) {
            pieces.emplace_back();
        } else {
            pieces.back() += c;
        }
    }
    return pieces;
}

// Where the last brackets begin that are in no others.
std::size_t last_brackets(std::string_view text) {
    std::size_t begin = std::string_view::npos;
    Nesting nesting;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::size_t before = nesting.depth();
        nesting.take(text[i]);
        if (before == 0 && nesting.depth() == 1) {
            begin = i;
        }
    }
    return begin;
}

std::vector<std::pair<std::string, std::string>> variables_in(std::string_view text) {
    std::vector<std::pair<std::string, std::string>> variables;
    for (const std::string& piece : pieces_of(text, ',')) {
        const std::size_t equals = piece.find('=');
        const std::string_view name = trimmed(std::string_view(piece).substr(0, equals), " ");
        if (equals == std::string::npos || name.empty()) {
            throw std::invalid_argument("\"" + piece +
                                        "\" is no variable of an instance, wanted: "
                                        "pipeline[env=staging]");
        }
        variables.emplace_back(name, trimmed(std::string_view(piece).substr(equals + 1), " "));
    }
    return variables;
}

void flatten(const json::object& vars, const std::string& before, InstanceVars& flat) {
    for (const auto& [key, value] : vars) {
        const std::string name(key);
        const bool dotted = name.find_first_of(".:/ ") != std::string::npos;
        const std::string path = before + (dotted ? "\"" + name + "\"" : name);
        if (value.is_object()) {
            flatten(value.get_object(), path + ".", flat);
        } else {
            flat[path] = value;
        }
    }
}

// Of 2.0 it makes 2.
json::value as_concourse_has_it(const json::value& value) {
    constexpr double largest = 1e15;  // up to which each whole number is a double
    const double number = value.is_double() ? value.get_double() : largest;
    const bool is_whole = std::abs(number) < largest && std::trunc(number) == number;
    return is_whole ? json::value(static_cast<std::int64_t>(number)) : value;
}

}  // namespace

std::vector<std::string> split_list(std::string_view text) {
    return pieces_of(text, ',');
}

JobParts split_job(std::string_view text) {
    const auto parts = pieces_of(text, '/');
    if (parts.size() != 3 || std::any_of(parts.begin(), parts.end(),
                                         [](const std::string& part) { return part.empty(); })) {
        throw std::invalid_argument(wanted);
    }
    JobParts job{parts[0], parts[1], {}, parts[2]};
    const std::size_t bracket = last_brackets(job.pipeline);
    if (bracket != std::string::npos && job.pipeline.back() == ']' &&
        job.pipeline.find('=', bracket) != std::string::npos) {
        job.variables = variables_in(std::string_view(job.pipeline)
                                         .substr(bracket + 1)
                                         .substr(0, job.pipeline.size() - bracket - 2));
        job.pipeline.resize(bracket);
        if (job.pipeline.empty()) {
            throw std::invalid_argument(wanted);
        }
    }
    return job;
}

JobRef parse_job(std::string_view text) {
    JobParts parts = split_job(text);
    JobRef job{std::move(parts.team), std::move(parts.pipeline), {}, std::move(parts.job)};
    for (const auto& [name, value] : parts.variables) {
        if (!job.instance.emplace(name, variable_value(value)).second) {
            throw std::invalid_argument("the variable " + name + " is given twice");
        }
    }
    return job;
}

// It reads as JSON but for a text, which Concourse's own tools write without quotes.
json::value variable_value(const std::string& text) {
    try {
        const json::value value = parse_json(text, "reading a variable");
        if (!value.is_object()) {
            return as_concourse_has_it(value);
        }
    } catch (const Failure&) {
        // then it is a text
    }
    return json::value(text);
}

std::string variable_text(const json::value& value) {
    if (value.is_double()) {
        return fmt::format("{}", value.get_double());  // 2.11, not 2.11E0
    }
    if (!value.is_string()) {
        return to_line(value);
    }
    const std::string text(value.get_string());
    const bool plain = text.find_first_of("\",/[]=\\ ") == std::string::npos && !text.empty() &&
                       variable_value(text).is_string();
    return plain ? text : to_line(value);
}

JobParts parts_of(const JobRef& job) {
    JobParts parts{job.team, job.pipeline, {}, job.job};
    for (const auto& [name, value] : job.instance) {
        parts.variables.emplace_back(name, variable_text(value));
    }
    return parts;
}

std::string to_text(const JobParts& parts) {
    std::string variables;
    for (const auto& [name, value] : parts.variables) {
        variables += (variables.empty() ? "" : ",") + name + "=" + value;
    }
    return parts.team + "/" + parts.pipeline + (variables.empty() ? "" : "[" + variables + "]") +
           "/" + parts.job;
}

std::string to_text(const JobRef& job) {
    return to_text(parts_of(job));
}

InstanceVars flat_vars(const json::object& vars) {
    InstanceVars flat;
    flatten(vars, "", flat);
    return flat;
}

std::string shown(const JobRef& job) {
    return in_brief(to_text(job), longest_shown);
}

}  // namespace upkeep::atc
