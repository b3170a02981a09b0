#include "answer.h"

#include <algorithm>
#include <boost/algorithm/string/predicate.hpp>
#include <boost/beast/http/status.hpp>
#include <cstdio>
#include <sstream>
#include <string_view>

namespace standin {
namespace {

constexpr std::size_t chunk_size = 1000;

std::string in_chunks(std::string_view body) {
    std::ostringstream coded;
    for (std::size_t start = 0; start < body.size(); start += chunk_size) {
        const std::string_view piece = body.substr(start, chunk_size);
        coded << std::hex << piece.size() << "\r\n" << piece << "\r\n";
    }
    coded << "0\r\n\r\n";
    return coded.str();
}

bool has(const Headers& headers, std::string_view name) {
    return std::any_of(headers.begin(), headers.end(), [name](const auto& header) {
        return boost::algorithm::iequals(header.first, name);
    });
}

}  // namespace

Answer answer_of(const Reply& reply, const Arrival& arrival, bool keep_alive) {
    if (reply.fault != Fault::none) {
        return {{}, true, reply.fault == Fault::reset};
    }
    if (reply.raw) {
        return {*reply.raw, true, false};
    }
    Answer answer;
    answer.ends = !keep_alive || reply.cut_after.has_value();
    std::ostringstream head;
    head << "HTTP/1.1 " << reply.status << ' '
         << boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(reply.status))
         << "\r\n";
    for (const auto& [name, value] : reply.headers) {
        head << name << ": " << value << "\r\n";
    }
    if (reply.chunked) {
        head << "Transfer-Encoding: chunked\r\n";
    } else if (!has(reply.headers, "content-length")) {
        head << "Content-Length: " << reply.body.size() << "\r\n";
    }
    head << (keep_alive ? "\r\n" : "Connection: close\r\n\r\n");
    const std::string body = reply.chunked ? in_chunks(reply.body) : reply.body;
    answer.bytes = head.str();
    if (arrival.method != "HEAD") {
        answer.bytes += body.substr(0, reply.cut_after.value_or(body.size()));
    }
    return answer;
}

Answer answer_of_none(const Arrival& arrival) {
    Reply reply;
    reply.status = 404;
    reply.body =
        "stand-in: no reply was laid down for " + arrival.method + " " + arrival.target + "\n";
    return answer_of(reply, arrival, false);
}

}  // namespace standin
