#include "bosh/deployments_table.h"

#include <optional>
#include <utility>

#include "bosh/deployment_list.h"
#include "bosh/table_columns.h"
#include "bosh/table_place.h"
#include "bosh/table_rows.h"
#include "bosh/table_whole.h"
#include "core/failure.h"
#include "core/semi_semantic.h"

namespace upkeep::bosh {

namespace {

constexpr const char* advice_columns =
    "Leave --column out, or pass both --column=name and --column=stemcell_s.";

constexpr const char* rows_missing =
    "rows of the table are missing, as after grep: some column is wider than all that stands in "
    "it. Use the whole output (bosh deployments --json), and --select for some of it.";
constexpr const char* frame_missing =
    "rows of the table may be missing, as after grep: it has neither the header nor the count "
    "(\"N deployments\") that bosh prints to a terminal. A row without a name may then stand below "
    "another deployment than its own. Use the whole output (bosh deployments --json), and --select "
    "for some of it.";
constexpr const char* end_unknown =
    "nothing in the table says where it ends, because bosh prints no count to a pipe. Rows that "
    "were cut off there, or left out by grep, are not noticed, and where a deployment's first row "
    "is missing its others are taken for those of the one above. Use bosh deployments --json.";

// The rows are read twice, first for what the columns are, so that none of them is kept.
class TableReader {
  public:
    TableReader(const TablePlace& place, const std::string& doing) : place_(place), doing_(doing) {}

    Whole read(DeploymentList& list) const;

  private:
    Failure wrong(const TableRow& row, const std::string& why,
                  const char* advice = use_json) const {
        return Failure(doing_, name_of(row.line, row.text) + " " + why, advice);
    }

    Columns columns_by_titles() const;
    Columns columns_without_titles() const;
    [[noreturn]] void fail_without_table(const TableRow& row) const;
    [[noreturn]] void fail_without_columns(Shape shape, const TableRow& first) const;
    std::string_view name_in(const TableRow& row, std::size_t column, std::string_view above,
                             const DeploymentList& list) const;
    void add_stemcell(const TableRow& row, std::string_view cell, Deployment& deployment) const;

    const TablePlace& place_;
    const std::string& doing_;
};

Whole TableReader::read(DeploymentList& list) const {
    const Columns columns = place_.header ? columns_by_titles() : columns_without_titles();
    WholeTable whole(place_, columns, doing_);
    TableRows rows(place_, doing_);
    std::string_view name;
    for (TableRow row; rows.next(row);) {
        whole.add(row);
        name = row.continues ? name : name_in(row, columns.name, name, list);
        Deployment& deployment = list.named(name);
        if (whole.has_stemcell(row)) {
            add_stemcell(row, row.cells[columns.stemcell], deployment);
        }
    }
    return whole.end();
}

Columns TableReader::columns_by_titles() const {
    RowOfCells titles;
    for (const Cell& cell : place_.header->cells) {
        titles.push_back(cell.text);
    }
    const std::optional<Columns> columns = columns_by_title(titles);
    if (!columns) {
        throw Failure(doing_, "the table lacks the column Name or Stemcell(s)", advice_columns);
    }
    return *columns;
}

Columns TableReader::columns_without_titles() const {
    ColumnsByShape found;
    TableRows rows(place_, doing_);
    std::optional<TableRow> first;
    for (TableRow row; rows.next(row);) {
        if (!found.add(row.cells)) {
            fail_without_table(row);
        }
        first = first ? first : row;
    }
    if (first && found.shape() != Shape::known) {
        fail_without_columns(found.shape(), *first);
    }
    return first ? found.columns() : Columns{};  // no row, no column
}

void TableReader::fail_without_table(const TableRow& row) const {
    if (row.cells.size() == 1 && row.cells.front().find(' ') != std::string::npos) {
        throw wrong(row, "has no columns, which tabs or at least two spaces would keep apart");
    }
    if (is_published_name(row.cells.front())) {
        throw wrong(row, "is from the output of bosh stemcells");
    }
    throw wrong(row, "is not a row of bosh deployments");
}

void TableReader::fail_without_columns(Shape shape, const TableRow& first) const {
    if (first.cells.size() == 1 && first.cells.front().find(' ') != std::string::npos) {
        fail_without_table(first);
    }
    if (first.cells.front().find('/') != std::string_view::npos) {  // a release's or a stemcell's
        throw wrong(first, row_above_is_missing);
    }
    if (shape == Shape::no_stemcells) {
        throw Failure(doing_, "the table has no column of stemcells", advice_columns);
    }
    throw Failure(doing_, "without its header, it cannot be told which column holds the stemcells",
                  use_json);
}

std::string_view TableReader::name_in(const TableRow& row, std::size_t column,
                                      std::string_view above, const DeploymentList& list) const {
    const std::string_view name = row.cells[column];
    if (name == "~") {  // ui/table.go: the name of the row above
        if (above.empty()) {
            throw wrong(row, "repeats the name of a row that is missing");
        }
        return above;
    }
    if (name == "-" || !is_identifier(name)) {
        throw wrong(row, "does not begin with the name of a deployment");
    }
    if (name != above && list.has(name)) {  // bosh sorts its rows by name
        throw wrong(row, "names a deployment again, so two tables were put together",
                    one_director_each);
    }
    return name;
}

void TableReader::add_stemcell(const TableRow& row, std::string_view cell,
                               Deployment& deployment) const {
    if (cell.back() == '/') {
        throw wrong(row, "lacks the stemcell's version after the slash: it is cut off");
    }
    const std::optional<NameAndVersion> reference = split_reference(cell);
    if (!reference || !is_identifier(reference->name) ||
        !SemiSemanticVersion::parse(reference->version)) {
        throw wrong(
            row, "has \"" + std::string(cell) + "\" where a stemcell's NAME/VERSION is expected");
    }
    deployment.stemcells.push_back({std::string(reference->name), std::string(reference->version)});
}

std::string missing_text(Whole whole) {
    if (whole == Whole::no) {
        return rows_missing;
    }
    return whole == Whole::unframed ? frame_missing : "";
}

}  // namespace

ListedDeployments parse_deployments_table(std::string_view text, const std::string& doing) {
    const std::string clean = cleaned(text);
    DeploymentList list;
    const TablePlace place = find_table(clean, doing);
    const Whole whole = TableReader(place, doing).read(list);
    return {list.take(), missing_text(whole), whole == Whole::unknown ? end_unknown : ""};
}

}  // namespace upkeep::bosh
