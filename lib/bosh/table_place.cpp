#include "bosh/table_place.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "bosh/bosh_said.h"
#include "bosh/table_columns.h"
#include "bosh/table_rows.h"
#include "core/failure.h"
#include "core/text.h"

namespace upkeep::bosh {

namespace {

std::optional<std::size_t> parse_count(std::string_view digits) {
    std::size_t count = 0;
    const char* const end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, count);
    return error == std::errc() && stop == end ? std::optional(count) : std::nullopt;
}

// "3 deployments", and what the Ruby bosh prints.
std::optional<std::size_t> footer_count(std::string_view line) {
    constexpr std::string_view unit = " deployments";
    constexpr std::string_view ruby = "Deployments total: ";
    line = trimmed(line, " ");
    if (line.starts_with(ruby)) {
        return parse_count(line.substr(ruby.size()));
    }
    if (line.ends_with(unit)) {
        return parse_count(line.substr(0, line.size() - unit.size()));
    }
    return std::nullopt;
}

std::optional<Cells> header_in(std::string_view line) {
    if (line.find('/') != std::string_view::npos) {
        return std::nullopt;  // no title has one, nearly every row has
    }
    Cells cells = split_cells(line);
    const bool titles = std::all_of(cells.cells.begin(), cells.cells.end(),
                                    [](const Cell& cell) { return is_title(cell.text); });
    return titles && !cells.cells.empty() ? std::optional(std::move(cells)) : std::nullopt;
}

// The lines that the Ruby bosh draws between rows: +-----+-----+
bool is_rule(std::string_view line) {
    line = trimmed(line, " ");
    return line.size() > 1 && line.front() == '+' &&
           line.find_first_not_of("+-") == std::string_view::npos;
}

// A line of the shell, with or without the command: a single cell, as no row is.
bool is_prompt(std::string_view line) {
    const std::string_view text = trimmed(line, " ");
    const std::string padded = " " + std::string(text) + " ";
    const bool has_words = std::string_view("$#%>").find(text.back()) != std::string_view::npos ||
                           (padded.find("bosh ") != std::string::npos &&
                            (padded.find(" deployments ") != std::string::npos ||
                             padded.find(" ds ") != std::string::npos));
    if (!has_words) {
        return false;
    }
    const Cells cells = split_cells(line);
    return cells.between == Cells::Between::spaces && cells.cells.size() == 1;
}

// Something that only a row has: a stemcell by a published name.
bool has_stemcell(std::string_view line) {
    while (!line.empty()) {
        line.remove_prefix(std::min(line.find_first_not_of(" \t|"), line.size()));
        const std::string_view word = line.substr(0, line.find_first_of(" \t|"));
        if (word.find('/') != std::string_view::npos && is_published_name(word)) {
            return true;
        }
        line.remove_prefix(word.size());
    }
    return false;
}

struct Command {
    std::string_view sign;
    std::string_view name;
};

// How the headers and footers of other commands read.
constexpr std::array other_headers{
    Command{"Name  Version  OS", "stemcells"}, Command{"Name  Version  Commit Hash", "releases"},
    Command{"Instance  Process State", "vms"}, Command{"ID  State  Started At", "tasks"},
    Command{"ID  Type  Name", "configs"},      Command{"UUID  ", "env"},
};
constexpr std::array other_units{" stemcells", " releases", " vms",     " instances", " tasks",
                                 " configs",   " locks",    " errands", " events",    " disks"};

std::optional<std::string> other_command(std::string_view line) {
    if (line.find('/') != std::string_view::npos) {
        return std::nullopt;  // none of these has one, nearly every row has
    }
    std::string words;
    for (const Cell& cell : split_cells(line).cells) {
        words.append(words.empty() ? "" : "  ").append(cell.text);
    }
    for (const Command& command : other_headers) {
        if (words.starts_with(command.sign)) {
            return std::string(command.name);
        }
    }
    for (const std::string_view unit : other_units) {
        const std::size_t digits = words.size() - std::min(words.size(), unit.size());
        if (words.substr(digits) == unit && parse_count(words.substr(0, digits))) {
            return std::string(unit.substr(1));
        }
    }
    return std::nullopt;
}

class TableFinder {
  public:
    TableFinder(std::string_view text, const std::string& doing) : text_(text), doing_(doing) {}

    TablePlace find();

  private:
    void look_over();
    void take(const TableLine& line, std::string_view rest);
    void begin(const TableLine& line, std::string_view rest, Cells header);
    void end(const TableLine& line, std::size_t count);
    void pass_by(const TableLine& line) const;
    std::size_t offset_of(std::string_view part) const {
        return static_cast<std::size_t>(part.data() - text_.data());
    }
    Failure wrong(const TableLine& line, const std::string& why,
                  const char* advice = use_json) const {
        return Failure(doing_, name_of(line.number, line.text) + " " + why, advice);
    }

    std::string_view text_;
    const std::string& doing_;
    bool has_header_ = false;
    bool open_ = false;
    TableLine header_line_;
    std::optional<TableLine> last_row_;
    TablePlace place_;
};

// What can be told before any row is read.
void TableFinder::look_over() {
    std::optional<std::string> command;
    LineReader lines(text_);
    for (TableLine line; lines.next(line);) {
        if (is_exit_line(line.text) || line.text.starts_with("Failed to find header")) {
            throw bosh_failure(doing_, text_);
        }
        has_header_ = has_header_ || header_in(line.text);
        command = command ? command : other_command(line.text);
    }
    if (command && !has_header_) {
        throw Failure(doing_, "it is the output of bosh " + *command, use_json);
    }
}

TablePlace TableFinder::find() {
    look_over();
    open_ = !has_header_;
    place_.lines = text_;
    LineReader lines(text_);
    for (TableLine line; lines.next(line);) {
        take(line, lines.rest());
    }
    if (has_header_ && open_) {
        throw wrong(last_row_.value_or(header_line_),
                    "is the last of a table without its footer (\"N deployments\"): it is cut off");
    }
    if (!last_row_ && !place_.footer) {
        throw Failure(
            doing_, "it holds no table of deployments",
            "To a pipe, bosh deployments prints nothing where there is none; use the output of "
            "bosh deployments --json.");
    }
    return std::move(place_);
}

void TableFinder::take(const TableLine& line, std::string_view rest) {
    if (std::optional<Cells> header = header_in(line.text)) {
        begin(line, rest, *std::move(header));
    } else if (const std::optional<std::size_t> count = footer_count(line.text)) {
        end(line, *count);
    } else if (is_around_table(line.text) || is_between_groups(line.text)) {
        return;
    } else if (open_) {
        last_row_ = line;
        place_.ended = !rest.empty() || text_.back() == '\n';
    } else {
        pass_by(line);
    }
}

void TableFinder::begin(const TableLine& line, std::string_view rest, Cells header) {
    if (place_.footer) {
        throw wrong(line, "begins a second table", one_director_each);
    }
    if (open_) {
        throw wrong(line,
                    "begins a table where the footer (\"N deployments\") of another is missing");
    }
    open_ = true;
    header_line_ = line;
    place_.header = std::move(header);
    place_.lines = rest;
    place_.first_line = line.number + 1;
}

void TableFinder::end(const TableLine& line, std::size_t count) {
    if (place_.footer) {
        throw wrong(line, "ends a second table", one_director_each);
    }
    if (open_) {
        open_ = false;
        place_.footer = TableFooter{line.number, line.text, count};
        place_.lines = place_.lines.substr(0, offset_of(line.text) - offset_of(place_.lines));
    }
}

void TableFinder::pass_by(const TableLine& line) const {
    if (!has_header_) {
        throw wrong(line, "stands behind the table's end and belongs to a second one",
                    one_director_each);
    }
    if (has_stemcell(line.text)) {
        throw wrong(line, "holds a stemcell and stands outside of the table");
    }
}

}  // namespace

bool is_around_table(std::string_view line) {
    return trimmed(line, " ").empty() || is_rule(line) || is_greeting(line) || is_prompt(line);
}

bool is_between_groups(std::string_view line) {
    return trimmed(line, " ") == "--";
}

TablePlace find_table(std::string_view text, const std::string& doing) {
    return TableFinder(text, doing).find();
}

}  // namespace upkeep::bosh
