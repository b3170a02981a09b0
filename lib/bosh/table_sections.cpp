#include "bosh/table_sections.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "bosh/bosh_said.h"
#include "bosh/table_columns.h"
#include "bosh/table_rows.h"
#include "core/failure.h"

namespace upkeep::bosh {

namespace {

bool starts_with(std::string_view text, std::string_view start) {
    return text.substr(0, start.size()) == start;
}

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
    line = trimmed(line);
    if (starts_with(line, ruby)) {
        return parse_count(line.substr(ruby.size()));
    }
    if (line.size() > unit.size() && line.substr(line.size() - unit.size()) == unit) {
        return parse_count(line.substr(0, line.size() - unit.size()));
    }
    return std::nullopt;
}

std::optional<Cells> header_in(std::string_view line) {
    Cells cells = split_cells(line);
    const bool titles = std::all_of(cells.cells.begin(), cells.cells.end(),
                                    [](const Cell& cell) { return is_title(cell.text); });
    return titles && !cells.cells.empty() ? std::optional(std::move(cells)) : std::nullopt;
}

// The lines that the Ruby bosh draws between rows: +-----+-----+
bool is_rule(std::string_view line) {
    line = trimmed(line);
    return line.size() > 1 && line.front() == '+' &&
           line.find_first_not_of("+-") == std::string_view::npos;
}

// A line of the shell, with or without the command: a single cell, as no row is.
bool is_prompt(std::string_view line) {
    const Cells cells = split_cells(line);
    if (cells.between != Cells::Between::spaces || cells.cells.size() != 1) {
        return false;
    }
    const std::string& text = cells.cells.front().text;
    const std::string padded = " " + text + " ";
    return std::string_view("$#%>").find(text.back()) != std::string_view::npos ||
           (padded.find("bosh ") != std::string::npos &&
            (padded.find(" deployments ") != std::string::npos ||
             padded.find(" ds ") != std::string::npos));
}

bool is_around_table(std::string_view line) {
    return trimmed(line).empty() || is_rule(line) || is_greeting(line) || is_prompt(line);
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

std::optional<std::string> other_command(const std::vector<TableLine>& lines) {
    for (const TableLine& line : lines) {
        std::string words;
        for (const Cell& cell : split_cells(line.text).cells) {
            words.append(words.empty() ? "" : "  ").append(cell.text);
        }
        for (const Command& command : other_headers) {
            if (starts_with(words, command.sign)) {
                return std::string(command.name);
            }
        }
        for (const std::string_view unit : other_units) {
            const std::size_t digits = words.size() - std::min(words.size(), unit.size());
            if (words.substr(digits) == unit && parse_count(words.substr(0, digits))) {
                return std::string(unit.substr(1));
            }
        }
    }
    return std::nullopt;
}

class SectionReader {
  public:
    SectionReader(std::vector<TableLine> lines, bool ended, const std::string& doing)
        : lines_(std::move(lines)), ended_(ended), doing_(doing) {}

    std::vector<TableSection> read();

  private:
    void check_failed() const;
    void check_other() const;
    void take(const TableLine& line);
    void close(std::optional<TableFooter> footer);
    Failure wrong(const TableLine& line, const std::string& why) const {
        return Failure(doing_, name_of(line.number, line.text) + " " + why, use_json);
    }

    std::vector<TableLine> lines_;
    bool ended_;
    const std::string& doing_;
    bool has_headers_ = false;
    bool open_ = false;
    TableSection section_;
    std::vector<TableSection> sections_;
};

void SectionReader::check_failed() const {
    for (const TableLine& line : lines_) {
        if (is_exit_line(line.text) || starts_with(line.text, "Failed to find header")) {
            std::string said;
            for (const TableLine& each : lines_) {
                said.append(each.text).append("\n");
            }
            throw bosh_failure(doing_, said);
        }
    }
}

void SectionReader::check_other() const {
    if (const std::optional<std::string> command = other_command(lines_)) {
        throw Failure(doing_, "it is the output of bosh " + *command, use_json);
    }
}

std::vector<TableSection> SectionReader::read() {
    check_failed();
    has_headers_ = std::any_of(lines_.begin(), lines_.end(), [](const TableLine& line) {
        return header_in(line.text).has_value();
    });
    if (!has_headers_) {
        check_other();
    }
    open_ = !has_headers_;
    for (const TableLine& line : lines_) {
        take(line);
    }
    if (has_headers_ && open_) {
        throw wrong(section_.rows.empty() ? lines_.back() : section_.rows.back(),
                    "is the last of a table without its footer (\"N deployments\"): it is cut off");
    }
    if (open_ && !section_.rows.empty()) {
        close(std::nullopt);
    }
    if (sections_.empty()) {
        throw Failure(
            doing_, "it holds no table of deployments",
            "To a pipe, bosh deployments prints nothing where there is none; use the output of "
            "bosh deployments --json.");
    }
    return std::move(sections_);
}

void SectionReader::take(const TableLine& line) {
    if (std::optional<Cells> header = header_in(line.text)) {
        if (open_) {
            throw wrong(
                line, "begins a table where the footer (\"N deployments\") of another is missing");
        }
        section_.header = std::move(header);
        open_ = true;
    } else if (const std::optional<std::size_t> count = footer_count(line.text); count && open_) {
        close(TableFooter{line.number, line.text, *count});
    } else if (open_ && !is_around_table(line.text)) {
        section_.rows.push_back(line);
        section_.ended = ended_ || line.number != lines_.size();
    } else if (!open_ && has_stemcell(line.text)) {
        throw wrong(line, "holds a stemcell and stands outside of the table");
    }
}

void SectionReader::close(std::optional<TableFooter> footer) {
    section_.footer = std::move(footer);
    sections_.push_back(std::exchange(section_, {}));
    open_ = !has_headers_;
}

}  // namespace

std::vector<TableSection> table_sections(std::string_view text, const std::string& doing) {
    const bool ended = !text.empty() && text.back() == '\n';
    return SectionReader(table_lines(text), ended, doing).read();
}

}  // namespace upkeep::bosh
