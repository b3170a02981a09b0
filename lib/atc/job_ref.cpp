#include "atc/job_ref.h"

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "core/failure.h"

namespace upkeep::atc {

namespace {

constexpr const char* wanted =
    "it is no job, wanted: team/pipeline/job, or team/pipeline[env=staging]/job for an instance";

// Of a text that is read character by character: what stands in double quotes, where a backslash
// takes the next as it is.
class Quotes {
  public:
    void take(char c) {
        if (escaped_) {
            escaped_ = false;
        } else if (open_ && c == '\\') {
            escaped_ = true;
        } else if (c == '"') {
            open_ = !open_;
        }
    }
    bool open() const { return open_; }

  private:
    bool open_ = false;
    bool escaped_ = false;
};

// What `text` is cut into at each `separator` outside of double quotes and, with `brackets`, of
// brackets.
std::vector<std::string> pieces_of(std::string_view text, char separator, bool brackets) {
    std::vector<std::string> pieces(1);
    Quotes quotes;
    bool in_brackets = false;
    for (const char c : text) {
        quotes.take(c);
        if (!quotes.open() && brackets) {
            in_brackets = c == '[' || (in_brackets && c != ']');
        }
        if (c == separator && !quotes.open() && !in_brackets) {
            pieces.emplace_back();
        } else {
            pieces.back() += c;
        }
    }
    return pieces;
}

std::size_t last_bracket(std::string_view pipeline) {
    std::size_t last = std::string_view::npos;
    Quotes quotes;
    for (std::size_t at = 0; at < pipeline.size(); ++at) {
        quotes.take(pipeline[at]);
        if (!quotes.open() && pipeline[at] == '[') {
            last = at;
        }
    }
    return last;
}

std::vector<std::pair<std::string, std::string>> variables_in(std::string_view text) {
    std::vector<std::pair<std::string, std::string>> variables;
    for (const std::string& piece : pieces_of(text, ',', false)) {
        const std::size_t equals = piece.find('=');
        if (equals == std::string::npos || equals == 0) {
            throw std::invalid_argument("\"" + piece +
                                        "\" is no variable of an instance, wanted: "
                                        "pipeline[env=staging]");
        }
        variables.emplace_back(piece.substr(0, equals), piece.substr(equals + 1));
    }
    return variables;
}

// A value that reads as JSON but for a text, which Concourse's own tools write without quotes.
json::value value_of(const std::string& text) {
    try {
        json::value value = parse_json(text, "reading a variable");
        if (!value.is_structured()) {
            return value;
        }
    } catch (const Failure&) {
        // then it is a text
    }
    return json::value(text);
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

}  // namespace

JobParts split_job(std::string_view text) {
    const auto parts = pieces_of(text, '/', true);
    if (parts.size() != 3 || std::any_of(parts.begin(), parts.end(),
                                         [](const std::string& part) { return part.empty(); })) {
        throw std::invalid_argument(wanted);
    }
    JobParts job{parts[0], parts[1], {}, parts[2]};
    const std::size_t bracket = last_bracket(job.pipeline);
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
        if (!job.instance.emplace(name, value_of(value)).second) {
            throw std::invalid_argument("the variable " + name + " is given twice");
        }
    }
    return job;
}

std::string variable_text(const json::value& value) {
    if (!value.is_string()) {
        return to_line(value);
    }
    const std::string text(value.get_string());
    const bool plain = text.find_first_of("\",/[]= ") == std::string::npos && !text.empty() &&
                       value_of(text).is_string();
    return plain ? text : to_line(value);
}

std::string to_text(const JobRef& job) {
    std::string variables;
    for (const auto& [name, value] : job.instance) {
        variables += (variables.empty() ? "" : ",") + name + "=" + variable_text(value);
    }
    return job.team + "/" + job.pipeline + (variables.empty() ? "" : "[" + variables + "]") + "/" +
           job.job;
}

InstanceVars flat_vars(const json::object& vars) {
    InstanceVars flat;
    flatten(vars, "", flat);
    return flat;
}

}  // namespace upkeep::atc
