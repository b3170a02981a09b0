#include "coding.h"

#include <openssl/evp.h>
#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <vector>

namespace standin {

std::optional<std::string> base64_decoded(std::string_view coded) {
    std::vector<unsigned char> bytes(coded.size() + 1);
    const int size =
        EVP_DecodeBlock(bytes.data(), reinterpret_cast<const unsigned char*>(coded.data()),
                        static_cast<int>(coded.size()));
    const auto padding = std::count(coded.begin(), coded.end(), '=');
    if (size < padding) {
        return std::nullopt;
    }
    return std::string(bytes.begin(), bytes.begin() + size - padding);
}

std::string base64url_encoded(std::string_view bytes) {
    std::vector<unsigned char> coded(4 * (bytes.size() / 3 + 1) + 1);
    const int size =
        EVP_EncodeBlock(coded.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                        static_cast<int>(bytes.size()));
    std::string text(coded.begin(), coded.begin() + size);
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    return text.substr(0, text.find('='));
}

std::string gzipped(const std::string& bytes) {
    constexpr int gzip_head = 16;
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, MAX_WBITS + gzip_head, MAX_MEM_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::runtime_error("gzip: zlib refuses");
    }
    std::string coded(deflateBound(&stream, bytes.size()), '\0');
    std::string source = bytes;  // zlib's type is not const
    stream.next_in = reinterpret_cast<Bytef*>(source.data());
    stream.avail_in = static_cast<uInt>(source.size());
    stream.next_out = reinterpret_cast<Bytef*>(coded.data());
    stream.avail_out = static_cast<uInt>(coded.size());
    const int result = deflate(&stream, Z_FINISH);
    coded.resize(stream.total_out);
    deflateEnd(&stream);
    if (result != Z_STREAM_END) {
        throw std::runtime_error("gzip: zlib did not come to an end");
    }
    return coded;
}

std::string form_decoded(std::string_view coded) {
    std::string text;
    for (std::size_t place = 0; place < coded.size(); ++place) {
        unsigned byte = 0;
        const char* const digits = coded.data() + place + 1;
        if (coded[place] == '%' && place + 2 < coded.size() &&
            std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
            text += static_cast<char>(byte);
            place += 2;
        } else {
            text += coded[place] == '+' ? ' ' : coded[place];
        }
    }
    return text;
}

Form parse_form(std::string_view text) {
    Form form;
    while (!text.empty()) {
        const std::string_view pair = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), pair.size() + 1));
        const std::size_t equals = pair.find('=');
        form[form_decoded(pair.substr(0, equals))] =
            equals == std::string_view::npos ? "" : form_decoded(pair.substr(equals + 1));
    }
    return form;
}

std::string value_of(const Form& form, std::string_view name) {
    const auto found = form.find(name);
    return found == form.end() ? "" : found->second;
}

}  // namespace standin
