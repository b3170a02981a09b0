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
    std::string coded;
    for (std::size_t start = 0; start < body.size(); start += chunk_size) {
        coded += in_a_chunk(body.substr(start, chunk_size));
    }
    return coded + "0\r\n\r\n";
}

bool has(const Headers& headers, std::string_view name) {
    return std::any_of(headers.begin(), headers.end(), [name](const auto& header) {
        return boost::algorithm::iequals(header.first, name);
    });
}

Answer endless(Endless what) {
    const std::string filler(0x4000, ' ');
    const std::string status = "HTTP/1.1 200 OK\r\n";
    switch (what) {
        case Endless::interim:
            return {"", "HTTP/1.1 102 Processing\r\n\r\n"};
        case Endless::headers:
            return {status, "X-Endless: " + std::string(chunk_size, 'x') + "\r\n"};
        case Endless::body:
            return {status + "Connection: close\r\n\r\n", filler};
        default:
            return {status + "Transfer-Encoding: chunked\r\n\r\n", "4000\r\n" + filler + "\r\n"};
    }
}

Answer whole(const Reply& reply, const Arrival& arrival, bool keep_alive) {
    if (reply.raw) {
        return {*reply.raw, "", true};
    }
    Answer answer;
    answer.ends = !keep_alive || reply.cut_after.has_value();
    answer.stream = reply.stream;
    std::ostringstream head;
    head << "HTTP/1.1 " << reply.status << ' '
         << boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(reply.status))
         << "\r\n";
    for (const auto& [name, value] : reply.headers) {
        head << name << ": " << value << "\r\n";
    }
    if (reply.chunked || reply.stream) {
        head << "Transfer-Encoding: chunked\r\n";
    } else if (!has(reply.headers, "content-length")) {
        head << "Content-Length: " << reply.body.size() << "\r\n";
    }
    head << (keep_alive ? "\r\n" : "Connection: close\r\n\r\n");
    const std::string body = reply.chunked ? in_chunks(reply.body) : reply.body;
    answer.bytes = head.str();
    if (arrival.method != "HEAD" && !reply.stream) {
        answer.bytes += body.substr(0, reply.cut_after.value_or(body.size()));
    }
    return answer;
}

}  // namespace

std::string in_a_chunk(std::string_view piece) {
    std::ostringstream coded;
    coded << std::hex << piece.size() << "\r\n" << piece << "\r\n";
    return coded.str();
}

std::size_t length_of_cut(const Cut& cut, std::size_t bytes) {
    return std::min(cut.after, bytes == 0 ? 0 : bytes - 1);
}

Answer answer_of(const Reply& reply, const Arrival& arrival, bool keep_alive) {
    if (reply.endless != Endless::no) {
        return endless(reply.endless);
    }
    Answer answer = whole(reply, arrival, keep_alive);
    if (reply.cut.fault != Fault::none) {
        answer.bytes.resize(length_of_cut(reply.cut, answer.bytes.size()));
        answer.ends = true;
        answer.fault = reply.cut.fault;
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
