#include "bosh/table_whole.h"

#include <algorithm>

namespace upkeep::bosh {

Failure WholeTable::wrong(const TableRow& row, const std::string& why, const char* advice) const {
    return Failure(doing_, name_of(row.line, row.text) + " " + why, advice);
}

bool WholeTable::has_stemcell(const TableRow& row) const {
    const std::string_view cell = row.cells[columns_.stemcell];
    return !cell.empty() && cell != "-";
}

void WholeTable::add(const TableRow& row) {
    if (row.continues) {
        check_gap(row);
        first_continuation_ = first_continuation_.line == 0 ? row : first_continuation_;
    } else {
        ++full_;
    }
    widths_.resize(row.cells.size());
    for (std::size_t column = 0; column + 1 < row.cells.size(); ++column) {
        check_width(row, column);
        widths_[column].filled = widths_[column].filled || fills(row, column);
    }
    all_have_stemcells_ = all_have_stemcells_ && has_stemcell(row);
    if (last_.line != 0) {
        closed_before_ = closed_before_ || last_.closed >= last_.cells.size();
        listed_before_ = !has_stemcell(last_);
    }
    last_ = row;
}

// Each list of a deployment fills its rows from the first on.
void WholeTable::check_gap(const TableRow& row) const {
    for (std::size_t column = 0; column < row.cells.size(); ++column) {
        const std::string_view above = last_.cells[column];
        const bool ended = above.empty() || (above == "-" && !last_.continues);
        if (column != columns_.name && ended && !row.cells[column].empty()) {
            throw wrong(row, "does not continue the row above it: rows are missing, as after grep");
        }
    }
}

// bosh gives a column one width in all rows, so another width is that of another table.
void WholeTable::check_width(const TableRow& row, std::size_t column) {
    const std::size_t width = row.cells[column].size() + row.slack[column];
    if (row.between != Cells::Between::tabs || width == 0) {
        return;
    }
    Width& known = widths_[column];
    known.first = known.known ? known.first : width;
    known.known = true;
    known.padded = known.padded || row.slack[column] > 0;
    known.differs = known.differs || width != known.first;
    if (known.padded && known.differs) {
        throw wrong(row, "has other widths than the rows above it, so two tables were put together",
                    one_director_each);
    }
}

// A table for a terminal had a header, which may be all that fills the column.
bool WholeTable::fills(const TableRow& row, std::size_t column) const {
    constexpr std::size_t longest_title = 12;  // "Cloud Config"
    const std::size_t title = column == columns_.name ? 4 : longest_title;
    const std::size_t length = row.cells[column].size();
    return length > 0 && (row.slack[column] == 0 || (row.between == Cells::Between::spaces &&
                                                     length + row.slack[column] <= title));
}

bool WholeTable::rows_are_missing() const {
    return std::any_of(widths_.begin(), widths_.end() - 1,
                       [](const Width& width) { return !width.filled; });
}

// Where the text ends without a line feed, its last row may be cut within a cell.
void WholeTable::check_last() const {
    const bool spaces = last_.between == Cells::Between::spaces;
    const bool shorter = closed_before_ && last_.closed < last_.cells.size();
    const bool cut_in_stemcell =
        last_.closed <= columns_.stemcell && !(last_.continues && listed_before_);
    if (shorter || (!place_.ended && (!spaces || cut_in_stemcell))) {
        throw wrong(last_, "is the end of the text and seems to be cut off");
    }
}

Whole WholeTable::end() const {
    if (place_.footer) {
        if (place_.footer->count != full_) {
            throw Failure(doing_,
                          name_of(place_.footer->line, place_.footer->text) + " ends a table of " +
                              std::to_string(full_) + " deployments: rows are missing or too many",
                          use_json);
        }
        return Whole::yes;
    }
    check_last();
    if (!rows_are_missing()) {
        return last_.between == Cells::Between::tabs ? Whole::unknown : Whole::unframed;
    }
    // grep for a stemcell keeps rows without a name and may drop the one with it; what remains then
    // stands below another deployment.
    if (all_have_stemcells_ && first_continuation_.line != 0) {
        throw wrong(first_continuation_,
                    "has no deployment's name, and rows are missing, as after grep: the row above "
                    "it may be another deployment's");
    }
    return Whole::no;
}

}  // namespace upkeep::bosh
