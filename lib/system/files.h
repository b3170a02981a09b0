// Files and folders.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/sink.h"
#include "system/stop.h"

namespace upkeep {

// Its whole content. Throws Failure(doing, ...) where it cannot be opened or read, or is larger
// than `limit`.
std::string read_file(const std::string& path, std::size_t limit, const std::string& doing,
                      const Stop& stop);

// The same for a file whatever it is called: absolute, without links. The path itself where that
// cannot be known.
std::string canonical(const std::string& path);

bool is_folder(const std::string& path);
bool is_regular_file(
    const std::string& path);          // no pipe, device or folder; a link counts as its target
bool exists(const std::string& path);  // also where it cannot be known: reading it says why

// Paths of the regular files below the folder, relative to it, sorted; hidden ones and links to
// folders are passed over. Throws Failure(doing, ...) where a folder cannot be read or there are
// more than `most` files.
std::vector<std::string> files_below(const std::string& folder, std::size_t most,
                                     const std::string& doing,
                                     const std::function<bool(const std::string&)>& enters);

struct File {
    using Write = std::function<void(const Sink&)>;

    File(std::string its_name, Write its_write)
        : name(std::move(its_name)), write(std::move(its_write)) {}
    File(std::string its_name, std::string content)
        : File(std::move(its_name),
               [content = std::move(content)](const Sink& sink) { sink(content); }) {}

    std::string name;  // without a folder
    Write write;       // hands over the content
};

// Writes all of them into the folder, which is made if it is not there: first under temporary
// names, then renamed, one caller after the other, so that the files of two runs are not mixed.
// Where that fails nothing is left under a temporary name, and no file is ever half written; what
// can be known beforehand (a folder that bears a file's name) changes no file. A stop is noticed at
// each piece of a content.
void write_files(const std::string& folder, const std::vector<File>& files, const Stop& stop);

}  // namespace upkeep
