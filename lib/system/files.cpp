#include "system/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include "core/failure.h"
#include "system/descriptor.h"

namespace upkeep {

namespace fs = std::filesystem;

namespace {

// Removes what is still there under its temporary name.
class Temporaries {
  public:
    Temporaries() = default;
    Temporaries(const Temporaries&) = delete;
    Temporaries& operator=(const Temporaries&) = delete;
    ~Temporaries() {
        for (const std::string& path : paths_) {
            unlink(path.c_str());
        }
    }

    const std::string& add(const std::string& folder, const std::string& name) {
        paths_.reserve(paths_.size() + 1);
        return paths_.emplace_back(folder + "/." + name + "." + std::to_string(getpid()) + ".new");
    }

  private:
    std::vector<std::string> paths_;
};

void write_whole(const std::string& path, const File& file, const std::string& doing,
                 const Stop& stop) {
    Descriptor to(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (to.get() < 0) {
        throw Failure(doing, "it cannot be written: " + error_text());
    }
    file.write([&](std::string_view piece) { write_all(to.get(), piece, doing, stop); });
    // Some file systems say only now that there was no room.
    if (close(to.release()) != 0) {
        throw Failure(doing, "it cannot be written: " + error_text());
    }
}

// Holds a folder's lock until it goes out of scope. A file system without locks goes without.
class FolderLock {
  public:
    FolderLock(const std::string& folder, const std::string& doing, const Stop& stop)
        : folder_(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
        if (folder_.get() < 0) {
            throw Failure(doing, "the folder cannot be opened: " + error_text());
        }
        while (flock(folder_.get(), LOCK_EX) != 0 && errno == EINTR) {
            stop.throw_if_requested();
        }
    }

  private:
    Descriptor folder_;
};

void require_replaceable(const std::string& path) {
    if (is_folder(path)) {
        throw Failure("writing " + path, "a folder has this name",
                      "Remove it, or write into another folder.");
    }
}

}  // namespace

std::string read_file(const std::string& path, std::size_t limit, const std::string& doing,
                      const Stop& stop) {
    if (path.find('\0') != std::string::npos) {
        throw Failure(doing, "its name holds a NUL");
    }
    // Without O_NONBLOCK a pipe is not open before somebody writes, and no stop would be noticed.
    const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.get() < 0) {
        throw Failure(doing, "it cannot be opened: " + error_text());
    }
    return read_all(file.get(), limit, doing, stop);
}

bool exists(const std::string& path) {
    std::error_code error;
    return fs::status(path, error).type() != fs::file_type::not_found;
}

bool is_regular_file(const std::string& path) {
    std::error_code error;
    return fs::is_regular_file(path, error);
}

bool is_folder(const std::string& path) {
    std::error_code error;
    return fs::is_directory(path, error);
}

std::vector<std::string> files_below(const std::string& folder, std::size_t most,
                                     const std::string& doing,
                                     const std::function<bool(const std::string&)>& enters) {
    std::vector<std::string> paths;
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end;
         at.increment(error)) {
        std::string path = at->path().lexically_relative(folder).string();
        const bool hidden = at->path().filename().string().front() == '.';
        if (at->is_directory(error) && (hidden || !enters(path))) {
            at.disable_recursion_pending();
        }
        if (hidden || !at->is_regular_file(error)) {
            continue;
        }
        if (paths.size() == most) {
            throw Failure(doing, "there are more than " + std::to_string(most) + " files below it",
                          "Is it the right folder?");
        }
        paths.push_back(std::move(path));
    }
    if (error) {
        throw Failure(doing, "the folder cannot be read: " + error.message());
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

void write_files(const std::string& folder, const std::vector<File>& files, const Stop& stop) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        throw Failure("making the folder " + folder, error.message());
    }
    Temporaries temporaries;
    std::vector<std::string> written;
    for (const File& file : files) {
        const std::string& path = temporaries.add(folder, file.name);
        write_whole(path, file, "writing " + folder + "/" + file.name, stop);
        written.push_back(path);
    }
    const FolderLock lock(folder, "writing into " + folder, stop);
    for (const File& file : files) {
        require_replaceable(std::string(folder).append("/").append(file.name));
    }
    for (std::size_t i = 0; i < files.size(); ++i) {
        const std::string path = folder + "/" + files[i].name;
        if (rename(written[i].c_str(), path.c_str()) != 0) {
            throw Failure("writing " + path, error_text());
        }
    }
}

}  // namespace upkeep
