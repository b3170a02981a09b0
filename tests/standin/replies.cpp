#include "replies.h"

#include <algorithm>
#include <boost/algorithm/string/predicate.hpp>
#include <boost/algorithm/string/replace.hpp>
#include <string_view>
#include <utility>

namespace standin {
namespace {

// A request to a proxy names the whole URL; its path is what replies are chosen by.
std::string_view path_and_query(std::string_view target) {
    const std::size_t scheme = target.find("://");
    if (target.starts_with('/') || scheme == std::string_view::npos) {
        return target;
    }
    const std::size_t path = target.find('/', scheme + 3);
    return path == std::string_view::npos ? "/" : target.substr(path);
}

bool path_fits(std::string_view wanted, std::string_view path) {
    if (wanted.ends_with('*')) {
        return path.starts_with(wanted.substr(0, wanted.size() - 1));
    }
    return path == wanted;
}

bool headers_fit(const Headers& wanted, const Headers& sent) {
    return std::all_of(wanted.begin(), wanted.end(), [&](const auto& header) {
        return std::any_of(sent.begin(), sent.end(), [&](const auto& other) {
            return boost::algorithm::iequals(header.first, other.first) &&
                   header.second == other.second;
        });
    });
}

bool fits(const Reply& reply, const Arrival& arrival) {
    const std::string_view whole = path_and_query(arrival.target);
    const std::size_t mark = whole.find('?');
    const std::string_view query = mark == std::string_view::npos ? "" : whole.substr(mark + 1);
    return (reply.method == "*" || reply.method == arrival.method) &&
           path_fits(reply.path, whole.substr(0, mark)) &&
           (!reply.query || *reply.query == query) &&
           headers_fit(reply.if_headers, arrival.headers);
}

}  // namespace

Replies::Replies(std::vector<Reply> replies)
    : replies_(std::move(replies)), given_(replies_.size()) {}

std::optional<std::size_t> Replies::choose(const Arrival& arrival) {
    for (std::size_t index = 0; index < replies_.size(); ++index) {
        Reply& reply = replies_[index];
        const bool left = !reply.times || given_[index] < *reply.times;
        if (left && fits(reply, arrival)) {
            reply.cut.after += given_[index] == 0 ? 0 : reply.cut.more;
            ++given_[index];
            return index;
        }
    }
    return std::nullopt;
}

void Replies::fill(const std::string& from, const std::string& to) {
    for (Reply& reply : replies_) {
        boost::algorithm::replace_all(reply.body, from, to);
        for (auto& [name, value] : reply.headers) {
            boost::algorithm::replace_all(value, from, to);
        }
        if (reply.raw) {
            boost::algorithm::replace_all(*reply.raw, from, to);
        }
    }
}

}  // namespace standin
