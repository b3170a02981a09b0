#include "bosh/deployments_table.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "bosh/deployment_list.h"
#include "bosh/table_columns.h"
#include "bosh/table_rows.h"
#include "bosh/table_sections.h"
#include "core/failure.h"
#include "core/semi_semantic.h"

namespace upkeep::bosh {

namespace {

constexpr const char* advice_columns =
    "Leave --column out, or pass both --column=name and --column=stemcell_s.";

class TableReader {
  public:
    TableReader(const TableSection& section, const std::string& doing)
        : section_(section),
          doing_(doing),
          rows_(table_rows(section.rows, section.header ? &*section.header : nullptr, doing)) {}

    void read(DeploymentList& list);

  private:
    Failure wrong(const TableRow& row, const std::string& why,
                  const char* advice = use_json) const {
        return Failure(doing_, name_of(row.line, row.text) + " " + why, advice);
    }

    Columns columns() const;
    [[noreturn]] void fail_without_columns(const ColumnsByShape& found) const;
    void check_count() const;
    void check_grep() const;
    void check_end() const;
    void check_gaps() const;
    bool has_stemcell(const TableRow& row) const;
    const std::string& name_in(const TableRow& row, const std::string& above) const;
    void add_stemcell(const TableRow& row, Deployment& deployment) const;

    const TableSection& section_;
    const std::string& doing_;
    std::vector<TableRow> rows_;
    Columns columns_;
};

void TableReader::read(DeploymentList& list) {
    if (section_.header || !rows_.empty()) {
        columns_ = columns();
    }
    check_count();
    if (rows_.empty()) {
        return;
    }
    check_gaps();
    check_grep();
    check_end();
    std::string name;
    for (const TableRow& row : rows_) {
        name = row.continues ? name : name_in(row, name);
        add_stemcell(row, list.named(name));
    }
}

void TableReader::check_count() const {
    const auto full = static_cast<std::size_t>(std::count_if(
        rows_.begin(), rows_.end(), [](const TableRow& row) { return !row.continues; }));
    if (section_.footer && section_.footer->count != full) {
        throw Failure(doing_,
                      name_of(section_.footer->line, section_.footer->text) + " ends a table of " +
                          std::to_string(full) + " deployments: rows are missing or too many",
                      use_json);
    }
}

Columns TableReader::columns() const {
    if (section_.header) {
        std::vector<std::string> titles;
        for (const Cell& cell : section_.header->cells) {
            titles.push_back(cell.text);
        }
        const std::optional<Columns> columns = columns_by_title(titles);
        if (!columns) {
            throw Failure(doing_, "the table lacks the column Name or Stemcell(s)", advice_columns);
        }
        return *columns;
    }
    std::vector<RowOfCells> cells;
    cells.reserve(rows_.size());
    for (const TableRow& row : rows_) {
        cells.push_back(row.cells);
    }
    const ColumnsByShape found = columns_by_shape(cells);
    if (found.shape != Shape::known) {
        fail_without_columns(found);
    }
    return found.columns;
}

void TableReader::fail_without_columns(const ColumnsByShape& found) const {
    const TableRow& row = rows_[found.unfit];
    if (row.cells.size() == 1 && row.cells.front().find(' ') != std::string::npos) {
        throw wrong(row, "has no columns, which tabs or at least two spaces would keep apart");
    }
    if (found.shape == Shape::no_stemcells) {
        throw Failure(doing_, "the table has no column of stemcells", advice_columns);
    }
    if (found.shape == Shape::ambiguous) {
        throw Failure(doing_,
                      "without its header, it cannot be told which column holds the stemcells",
                      use_json);
    }
    if (is_published_name(row.cells.front())) {
        throw wrong(row, "is from the output of bosh stemcells");
    }
    throw wrong(row, "is not a row of bosh deployments");
}

bool TableReader::has_stemcell(const TableRow& row) const {
    const std::string& cell = row.cells[columns_.stemcell];
    return !cell.empty() && cell != "-";
}

// Each list of a deployment fills its rows from the first on.
void TableReader::check_gaps() const {
    for (std::size_t i = 1; i < rows_.size(); ++i) {
        for (std::size_t column = 0; rows_[i].continues && column < rows_[i].cells.size();
             ++column) {
            const std::string& above = rows_[i - 1].cells[column];
            const bool ended = above.empty() || (above == "-" && !rows_[i - 1].continues);
            if (column != columns_.name && ended && !rows_[i].cells[column].empty()) {
                throw wrong(rows_[i],
                            "does not continue the row above it: rows are missing, as after grep");
            }
        }
    }
}

// grep for a stemcell keeps rows without a name and may drop the one with it; what remains then
// stands below another deployment.
void TableReader::check_grep() const {
    const auto holds = [&](const TableRow& row) { return has_stemcell(row); };
    if (section_.footer || !std::all_of(rows_.begin(), rows_.end(), holds) ||
        !rows_are_missing(rows_)) {
        return;
    }
    const auto doubtful =
        std::find_if(rows_.begin(), rows_.end(), [](const TableRow& row) { return row.continues; });
    if (doubtful != rows_.end()) {
        throw wrong(
            *doubtful,
            "has no deployment's name, and rows are missing, as after grep: the row above it may "
            "be another deployment's");
    }
}

// Where the text ends without a line feed, its last row may be cut within a cell.
void TableReader::check_end() const {
    if (section_.footer || section_.ended) {
        return;
    }
    const TableRow& last = rows_.back();
    const bool others_closed = std::any_of(rows_.begin(), rows_.end(), [&](const TableRow& row) {
        return row.closed >= row.cells.size();
    });
    const bool listed_before =
        last.continues && rows_.size() > 1 && !has_stemcell(rows_[rows_.size() - 2]);
    if ((others_closed && last.closed < last.cells.size()) ||
        (last.closed <= columns_.stemcell && !listed_before)) {
        throw wrong(last, "is the end of the text and seems to be cut off");
    }
}

const std::string& TableReader::name_in(const TableRow& row, const std::string& above) const {
    const std::string& name = row.cells[columns_.name];
    if (name == "~") {  // ui/table.go: the name of the row above
        if (above.empty()) {
            throw wrong(row, "repeats the name of a row that is missing");
        }
        return above;
    }
    if (name == "-" || !is_identifier(name)) {
        throw wrong(row, "does not begin with the name of a deployment");
    }
    return name;
}

void TableReader::add_stemcell(const TableRow& row, Deployment& deployment) const {
    if (!has_stemcell(row)) {
        return;
    }
    const std::string& cell = row.cells[columns_.stemcell];
    if (cell.back() == '/') {
        throw wrong(row, "lacks the stemcell's version after the slash: it is cut off");
    }
    const std::optional<NameAndVersion> reference = split_reference(cell);
    if (!reference || !is_identifier(reference->name) ||
        !SemiSemanticVersion::parse(reference->version)) {
        throw wrong(row, "has \"" + cell + "\" where a stemcell's NAME/VERSION is expected");
    }
    deployment.stemcells.push_back({std::string(reference->name), std::string(reference->version)});
}

}  // namespace

std::vector<Deployment> parse_deployments_table(std::string_view text, const std::string& doing) {
    DeploymentList list;
    for (const TableSection& section : table_sections(text, doing)) {
        TableReader(section, doing).read(list);
    }
    return list.take();
}

}  // namespace upkeep::bosh
