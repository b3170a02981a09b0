// Strict reading of a source: every key is asked for by name, what nobody asked for is refused.
#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/failure.h"
#include "core/glob.h"
#include "core/json.h"
#include "core/moment.h"
#include "core/secret.h"

namespace upkeep {

// One object of a source, with its path ("source.director"). Read it through read_strictly(), which
// refuses the keys that were not asked for. Where a number or a truth value is wanted, its exact
// text is accepted too, because Concourse fills ((vars)) as text. A key whose value is null counts
// as absent.
class Fields {
  public:
    Fields(const json::object& object, std::string path)
        : object_(&object), path_(std::move(path)) {}

    const std::string& path() const { return path_; }
    std::string path_of(std::string_view key) const;

    bool has(std::string_view key);
    // The raw value, for keys that come in several shapes; nullptr when absent.
    const json::value* raw(std::string_view key);

    std::optional<std::string> text(std::string_view key);  // not empty, without a NUL
    std::string required_text(std::string_view key);
    std::optional<Secret> secret(std::string_view key);
    std::optional<bool> truth(std::string_view key);
    std::optional<std::int64_t> number(std::string_view key, std::int64_t least, std::int64_t most);
    std::optional<std::chrono::seconds> duration(std::string_view key);
    std::optional<Day> day(std::string_view key);
    // One of the words; its index among them.
    std::optional<std::size_t> choice(std::string_view key,
                                      const std::vector<std::string_view>& words);
    std::optional<Glob> glob(std::string_view key);
    // A list of globs, or one glob as a plain text.
    std::optional<GlobList> globs(std::string_view key);
    std::vector<std::string> texts(std::string_view key);
    // Calls `read` with the object under the key, strictly; false when absent.
    bool object(std::string_view key, const std::function<void(Fields&)>& read);
    // Calls `read` with each object of the list under the key, strictly.
    void objects(std::string_view key, const std::function<void(Fields&)>& read);

    // "source.kind: it is missing", with the key that was probably meant to be it.
    Failure missing(std::string_view key) const;
    // "source.jobs[1].job: why"
    Failure wrong(std::string_view key, const std::string& why,
                  const std::string& advice = {}) const;

    // Refuses the keys that nobody asked for, with "did you mean".
    void refuse_the_rest() const;

  private:
    void refuse_nul(std::string_view key, std::string_view text) const;
    Glob as_glob(std::string_view key, const std::string& pattern) const;

    const json::object* object_;
    std::string path_;
    std::set<std::string, std::less<>> asked_;
};

template <typename Read>
auto read_strictly(const json::object& object, std::string path, Read read) {
    Fields fields(object, std::move(path));
    if constexpr (std::is_void_v<decltype(read(fields))>) {
        read(fields);
        fields.refuse_the_rest();
    } else {
        auto result = read(fields);
        fields.refuse_the_rest();
        return result;
    }
}

// The known word nearest to `word`, if it is near enough to be meant.
std::optional<std::string> did_you_mean(std::string_view word,
                                        const std::vector<std::string>& known);

}  // namespace upkeep
