// The codings of what is sent: base64, gzip, forms and queries.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace standin {

// Nothing for what is not base64.
std::optional<std::string> base64_decoded(std::string_view coded);
// With - and _, without padding, as JSON web tokens have it.
std::string base64url_encoded(std::string_view bytes);

// What inflates to the bytes, with gzip's head.
std::string gzipped(const std::string& bytes);

// a=b&c=d, of a query or of the body of a form. Of a name that stands twice, the last counts.
using Form = std::map<std::string, std::string, std::less<>>;
Form parse_form(std::string_view text);
std::string form_decoded(std::string_view coded);

// The value under the name, or an empty text.
std::string value_of(const Form& form, std::string_view name);

}  // namespace standin
