// Lines at the bottom of a terminal that are drawn anew where they stand, below those that stay.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace upkeep::present {

struct Screen {
    std::size_t columns = 0;  // 0 where it is not known
    std::size_t rows = 0;
};

class LiveLines {
  public:
    // What to write so that `above` takes the place of what was drawn before, and stays, with
    // `live` below it: each cut to one row, and as many as there is room for. All must be
    // printable(); `above` has line feeds, one at its end too, or is empty.
    std::string drawn(std::string_view above, const std::vector<std::string>& live, Screen screen);

  private:
    std::size_t rows_ = 0;  // that it has drawn; the cursor is at the beginning of the next
};

}  // namespace upkeep::present
