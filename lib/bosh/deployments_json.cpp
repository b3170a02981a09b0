#include "bosh/deployments_json.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "bosh/bosh_said.h"
#include "bosh/deployment_list.h"
#include "bosh/recognise.h"
#include "core/failure.h"

namespace upkeep::bosh {

namespace {

constexpr const char* advice_columns =
    "Leave --column out, or pass both --column=name and --column=stemcell_s.";
constexpr std::size_t keys_shown = 5;

class Reader {
  public:
    Reader(const std::string& doing, const std::string& advice) : doing_(doing), advice_(advice) {}

    std::vector<Deployment> read_director(const json::array& list);
    std::vector<Deployment> read_tables(const json::object& output);
    Failure not_deployments(const json::value& value) const;

  private:
    Failure wrong(const std::string& path, const std::string& why,
                  const std::string& advice = {}) const {
        return Failure(doing_, path + " " + why, advice);
    }
    const json::value& required(const json::object& object, std::string_view key,
                                const std::string& path) const;
    std::string text(const json::object& object, std::string_view key,
                     const std::string& path) const;
    std::string filled_text(const json::object& object, std::string_view key,
                            const std::string& path) const;

    void read_director_row(const json::object& row, const std::string& path);
    void read_table(const json::object& table, const std::string& path);
    void read_table_row(const json::object& row, const std::string& path);
    std::string joined_texts(const json::object& output, std::string_view key) const;

    const std::string& doing_;
    const std::string& advice_;
    DeploymentList list_;
};

std::string element(const std::string& path, std::size_t index) {
    return path + "[" + std::to_string(index) + "]";
}

const json::value& Reader::required(const json::object& object, std::string_view key,
                                    const std::string& path) const {
    const json::value* value = object.if_contains(key);
    if (value == nullptr) {
        throw wrong(path + "." + std::string(key), "is missing", advice_);
    }
    return *value;
}

std::string Reader::text(const json::object& object, std::string_view key,
                         const std::string& path) const {
    const json::value& value = required(object, key, path);
    const json::string* text = value.if_string();
    if (text == nullptr) {
        throw wrong(path + "." + std::string(key), "is " + type_name(value) + ", not a text");
    }
    return std::string(*text);
}

std::string Reader::filled_text(const json::object& object, std::string_view key,
                                const std::string& path) const {
    std::string value = text(object, key, path);
    if (value.empty()) {
        throw wrong(path + "." + std::string(key), "is empty");
    }
    return value;
}

std::vector<Deployment> Reader::read_director(const json::array& list) {
    for (std::size_t i = 0; i < list.size(); ++i) {
        const json::object* row = list[i].if_object();
        if (row == nullptr) {
            throw wrong(element("", i), "is " + type_name(list[i]) + ", not an object", advice_);
        }
        read_director_row(*row, element("", i));
    }
    return list_.take();
}

void Reader::read_director_row(const json::object& row, const std::string& path) {
    Deployment& deployment = list_.named(filled_text(row, "name", path));
    const json::value* stemcells = row.if_contains("stemcells");
    if (stemcells == nullptr) {
        throw wrong(path + ".stemcells", "is missing (deployment \"" + deployment.name + "\")",
                    "Ask the director without exclude_stemcells.");
    }
    const json::array* references = stemcells->if_array();
    if (references == nullptr) {
        throw wrong(path + ".stemcells", "is " + type_name(*stemcells) + ", not a list");
    }
    for (std::size_t i = 0; i < references->size(); ++i) {
        const std::string place = element(path + ".stemcells", i);
        const json::object* reference = (*references)[i].if_object();
        if (reference == nullptr) {
            throw wrong(place, "is " + type_name((*references)[i]) + ", not an object");
        }
        deployment.stemcells.push_back(
            {filled_text(*reference, "name", place), filled_text(*reference, "version", place)});
    }
    if (const json::value* locked = row.if_contains("locked")) {
        if (!locked->is_bool()) {
            throw wrong(path + ".locked", "is " + type_name(*locked) + ", not true or false");
        }
        deployment.locked = deployment.locked || locked->get_bool();
    }
}

// Lines and Blocks: lists of texts, or null.
std::string Reader::joined_texts(const json::object& output, std::string_view key) const {
    const json::value* value = output.if_contains(key);
    std::string joined;
    if (value == nullptr || value->is_null()) {
        return joined;
    }
    if (!value->is_array()) {
        throw wrong(std::string(key), "is " + type_name(*value) + ", not a list");
    }
    for (const json::value& line : value->get_array()) {
        if (!line.is_string()) {
            throw wrong(std::string(key), "holds " + type_name(line) + ", not only texts");
        }
        joined.append(line.get_string()).append("\n");
    }
    return joined;
}

bool says_failed(std::string_view lines) {
    while (!lines.empty()) {
        if (is_exit_line(lines.substr(0, lines.find('\n')))) {
            return true;
        }
        lines.remove_prefix(lines.find('\n') + 1);
    }
    return false;
}

std::vector<Deployment> Reader::read_tables(const json::object& output) {
    const std::string lines = joined_texts(output, "Lines");
    const std::string blocks = joined_texts(output, "Blocks");
    constexpr std::string_view bad_column = "Failed to find header";
    if (says_failed(lines) || blocks.find(bad_column) != std::string::npos) {
        throw bosh_failure(doing_, blocks + lines);
    }
    const json::array* tables = output.at("Tables").if_array();
    bool found = false;
    for (std::size_t i = 0; tables != nullptr && i < tables->size(); ++i) {
        const json::object* table = (*tables)[i].if_object();
        const json::value* content = table == nullptr ? nullptr : table->if_contains("Content");
        if (content != nullptr && content->is_string() && content->get_string() == "deployments") {
            read_table(*table, element("Tables", i));
            found = true;
        }
    }
    if (!found) {
        throw not_deployments(output);
    }
    return list_.take();
}

void Reader::read_table(const json::object& table, const std::string& path) {
    const json::value& header = required(table, "Header", path);
    if (header.is_array()) {
        throw wrong(path + ".Header", "is a list, as only a bosh from before April 2017 has it",
                    "Use a newer bosh.");
    }
    const json::object* titles = header.if_object();
    if (titles == nullptr || !titles->contains("name") || !titles->contains("stemcell_s")) {
        throw wrong(path + ".Header", "lacks name or stemcell_s", advice_columns);
    }
    const json::value& rows = required(table, "Rows", path);
    if (!rows.is_array()) {
        throw wrong(path + ".Rows", "is " + type_name(rows) + ", not a list");
    }
    for (std::size_t i = 0; i < rows.get_array().size(); ++i) {
        const json::value& row = rows.get_array()[i];
        const std::string place = element(path + ".Rows", i);
        if (!row.is_object()) {
            throw wrong(place, "is " + type_name(row) + ", not an object");
        }
        read_table_row(row.get_object(), place);
    }
}

void Reader::read_table_row(const json::object& row, const std::string& path) {
    Deployment& deployment = list_.named(filled_text(row, "name", path));
    const std::string cell = text(row, "stemcell_s", path);
    if (cell.empty() || cell == "-") {
        return;
    }
    std::string_view rest = cell;
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        const std::optional<NameAndVersion> reference = split_reference(line);
        if (!reference) {
            throw wrong(path + ".stemcell_s", "holds \"" + std::string(line) +
                                                  "\", not NAME/VERSION (deployment \"" +
                                                  deployment.name + "\")");
        }
        deployment.stemcells.push_back(
            {std::string(reference->name), std::string(reference->version)});
    }
}

Failure Reader::not_deployments(const json::value& value) const {
    if (const std::optional<std::string> what = recognise_json(value)) {
        return Failure(doing_, "it is " + *what, advice_);
    }
    std::string keys;
    if (const json::object* object = value.if_object()) {
        for (std::size_t i = 0; i < std::min(object->size(), keys_shown); ++i) {
            keys.append(i == 0 ? " with the keys " : ", ").append((object->begin() + i)->key());
        }
    }
    return Failure(doing_, "it is " + type_name(value) + keys + ", not deployments", advice_);
}

}  // namespace

std::vector<Deployment> parse_deployments_json(const json::value& value, const std::string& doing,
                                               const std::string& advice) {
    Reader reader(doing, advice);
    if (const json::array* list = value.if_array()) {
        const json::object* first = list->empty() ? nullptr : list->front().if_object();
        if (first != nullptr && !first->contains("stemcells") && recognise_json(value)) {
            throw reader.not_deployments(value);
        }
        return reader.read_director(*list);
    }
    const json::object* object = value.if_object();
    if (object != nullptr && object->contains("Tables")) {
        return reader.read_tables(*object);
    }
    if (object != nullptr && object->contains("code") && object->contains("description")) {
        throw Failure(doing, "it is " + recognise_json(value).value(),
                      bosh_failure(doing, to_line(value)).advice());
    }
    throw reader.not_deployments(value);
}

}  // namespace upkeep::bosh
