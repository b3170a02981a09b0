#include "net/ca_bundle.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>

TEST_CASE("Debian's bundle is whole") {
    std::string const bundle = upkeep::debian_ca_bundle();
    std::string_view const begin = "-----BEGIN CERTIFICATE-----\n";
    std::string_view const end = "-----END CERTIFICATE-----\n";
    CHECK(bundle.starts_with(begin));
    CHECK(bundle.ends_with(end));
    std::size_t certificates = 0;
    for (std::size_t at = bundle.find(begin); at != std::string_view::npos;
         at = bundle.find(begin, at + 1)) {
        ++certificates;
    }
    CHECK(certificates > 100);
}
