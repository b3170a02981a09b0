#include "bosh/table_columns.h"

#include <algorithm>
#include <array>
#include <utility>

#include "bosh/deployment_list.h"
#include "core/text.h"

namespace upkeep::bosh {

namespace {

using Kind = ColumnKind;

struct Title {
    std::string_view text;
    Kind kind;
};

constexpr std::array titles{
    Title{"Name", Kind::name},
    Title{"Release(s)", Kind::release},
    Title{"Stemcell(s)", Kind::stemcell},
    Title{"Team(s)", Kind::team},
    Title{"Cloud Config", Kind::cloud_config},
    Title{"Config(s)", Kind::configs},
};

using Kinds = std::vector<Kind>;

// bosh-cli's cmd/deployments_table.go, today and until July 2018, and its cmd/deployment_table.go.
const std::array all_columns{
    Kinds{Kind::name, Kind::release, Kind::stemcell, Kind::team, Kind::cloud_config},
    Kinds{Kind::name, Kind::release, Kind::stemcell, Kind::configs, Kind::team},
};

bool is_identifier_character(char c) {
    return is_digit(c) || is_letter(c) || c == '-' || c == '_' || c == '+' || c == '.';
}

bool is_release(const NameAndVersion& entry) {
    return is_identifier(entry.name) && is_identifier(entry.version) &&
           !is_published_name(entry.name);
}

bool is_stemcell(const NameAndVersion& entry) {
    return is_identifier(entry.name) && is_identifier(entry.version);
}

// "12 cloud/default"
bool is_config(std::string_view cell) {
    const std::size_t digits = std::min(cell.find(' '), cell.size());
    return digits > 0 &&
           std::all_of(cell.begin(), cell.begin() + static_cast<std::ptrdiff_t>(digits),
                       is_digit) &&
           split_reference(cell.substr(std::min(digits + 1, cell.size()))).has_value();
}

bool fits(std::string_view cell, Kind kind) {
    if (kind == Kind::name) {
        return cell.empty() || cell == "~" || is_identifier(cell);
    }
    if (cell.empty() || cell == "-") {
        return true;
    }
    const std::optional<NameAndVersion> entry = split_reference(cell);
    switch (kind) {
        case Kind::release:
            return entry && is_release(*entry);
        case Kind::stemcell:
            return entry && is_stemcell(*entry);
        case Kind::team:
            return cell.find('/') == std::string_view::npos;
        case Kind::configs:
            return is_config(cell);
        default:
            return cell == "none" || cell == "latest" || cell == "outdated";
    }
}

std::vector<Kinds> choices(std::size_t count) {
    std::vector<Kinds> result;
    for (const Kinds& all : all_columns) {
        for (unsigned chosen = 1; chosen < 1U << all.size(); ++chosen) {
            Kinds kinds;
            for (std::size_t i = 0; i < all.size(); ++i) {
                if ((chosen >> i & 1U) != 0) {
                    kinds.push_back(all[i]);
                }
            }
            if (kinds.size() == count &&
                std::find(result.begin(), result.end(), kinds) == result.end()) {
                result.push_back(std::move(kinds));
            }
        }
    }
    return result;
}

bool fits(const RowOfCells& row, const Kinds& kinds) {
    return row.size() == kinds.size() &&
           std::equal(row.begin(), row.end(), kinds.begin(),
                      [](std::string_view cell, Kind kind) { return fits(cell, kind); });
}

std::optional<std::size_t> place_of(const Kinds& kinds, Kind kind) {
    const auto found = std::find(kinds.begin(), kinds.end(), kind);
    return found == kinds.end() ? std::nullopt
                                : std::optional(static_cast<std::size_t>(found - kinds.begin()));
}

std::optional<Columns> columns_of(const Kinds& kinds) {
    const std::optional<std::size_t> name = place_of(kinds, Kind::name);
    const std::optional<std::size_t> stemcell = place_of(kinds, Kind::stemcell);
    if (!name || !stemcell) {
        return std::nullopt;
    }
    return Columns{*name, *stemcell};
}

}  // namespace

bool is_title(std::string_view text) {
    return std::any_of(titles.begin(), titles.end(),
                       [&](const Title& title) { return title.text == text; });
}

std::optional<Columns> columns_by_title(const RowOfCells& header) {
    Kinds kinds;
    for (const std::string_view text : header) {
        const auto* const title = std::find_if(
            titles.begin(), titles.end(), [&](const Title& known) { return known.text == text; });
        kinds.push_back(title == titles.end() ? Kind::team : title->kind);
    }
    return columns_of(kinds);
}

bool ColumnsByShape::add(const RowOfCells& row) {
    if (!std::exchange(begun_, true)) {
        fitting_ = choices(row.size());
    }
    std::erase_if(fitting_, [&](const Kinds& kinds) { return !fits(row, kinds); });
    return !fitting_.empty();
}

Shape ColumnsByShape::shape() const {
    const auto whole = [](const Kinds& kinds) { return columns_of(kinds).has_value(); };
    if (std::none_of(fitting_.begin(), fitting_.end(), whole)) {
        return Shape::no_stemcells;
    }
    const auto other = [&](const Kinds& kinds) {
        return columns_of(kinds) != columns_of(fitting_.front());
    };
    return whole(fitting_.front()) && std::none_of(fitting_.begin(), fitting_.end(), other)
               ? Shape::known
               : Shape::ambiguous;
}

Columns ColumnsByShape::columns() const {
    return columns_of(fitting_.front()).value();
}

bool is_identifier(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_identifier_character);
}

bool is_published_name(std::string_view name) {
    constexpr std::array systems{"ubuntu", "centos",   "windows", "rhel",
                                 "sles",   "opensuse", "photonos"};
    constexpr std::size_t words_before_system = 3;  // bosh, IaaS, hypervisor
    constexpr std::string_view start = "bosh-";
    if (name.substr(0, start.size()) != start) {
        return false;
    }
    for (std::size_t word = 0; !name.empty(); ++word) {
        const auto is_start = [&](std::string_view system) {
            return name.substr(0, system.size()) == system;
        };
        if (word >= words_before_system && std::any_of(systems.begin(), systems.end(), is_start)) {
            return true;
        }
        name.remove_prefix(std::min(name.find('-'), name.size() - 1) + 1);
    }
    return false;
}

}  // namespace upkeep::bosh
