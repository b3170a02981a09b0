#include "core/linked_libraries.h"

#include <doctest/doctest.h>

#include <algorithm>

TEST_CASE("what is linked in is known by name, version and license") {
    auto const libraries = upkeep::linked_libraries();
    for (upkeep::LinkedLibrary const& library : libraries) {
        CAPTURE(library.name);
        CHECK_FALSE(library.name.empty());
        CHECK_FALSE(library.version.empty());
        CHECK_FALSE(library.license.empty());
    }
    for (std::string_view const name : {"curl", "openssl", "glibc", "ca-certificates"}) {
        CAPTURE(name);
        CHECK(std::ranges::count(libraries, name, &upkeep::LinkedLibrary::name) == 1);
    }
    CHECK(upkeep::upkeep_version().find('.') != std::string_view::npos);
}
