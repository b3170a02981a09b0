// Which column of a table of deployments is which.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace upkeep::bosh {

struct Columns {
    std::size_t name = 0;
    std::size_t stemcell = 0;

    friend bool operator==(const Columns&, const Columns&) = default;
};

enum class ColumnKind { name, release, stemcell, team, cloud_config, configs };

// One row with all its cells; those of a continuation row may be empty.
using RowOfCells = std::vector<std::string_view>;

// Titles that bosh deployments and bosh deployment print: "Name", "Release(s)", "Stemcell(s)",
// "Team(s)", "Cloud Config" (until July 2018), "Config(s)" (one deployment).
bool is_title(std::string_view text);

// By the header. Nothing where the column of names or of stemcells was left out.
std::optional<Columns> columns_by_title(const RowOfCells& header);

enum class Shape { known, no_stemcells, ambiguous };

// By what the cells hold: bosh prints some of its columns, always in its order. Known only where
// every choice of columns that fits all the rows agrees on the names and the stemcells.
class ColumnsByShape {
  public:
    // False, for the row at fault, where there is no such table.
    bool add(const RowOfCells& row);

    Shape shape() const;
    Columns columns() const;  // where known

  private:
    std::vector<std::vector<ColumnKind>> fitting_;
    bool begun_ = false;
};

// "cf", "bosh-dns", "1.2+dev.3": what the director takes as a name or a version (its VALID_ID).
bool is_identifier(std::string_view text);

// bosh-IAAS-HYPERVISOR-OS..., as the published stemcells are called. No release has such a name.
bool is_published_name(std::string_view name);

}  // namespace upkeep::bosh
