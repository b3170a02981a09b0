#include "system/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
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

struct CloseFolder {
    void operator()(DIR* folder) const { closedir(folder); }
};

// With the name of each entry but what is hidden. Not by std::filesystem, whose iterators end the
// program where memory runs out.
template <typename Take>
void for_each_name(const std::string& folder, const std::string& doing, Take take) {
    const std::unique_ptr<DIR, CloseFolder> stream(opendir(folder.c_str()));
    while (stream) {
        errno = 0;
        // No other thread has the stream.
        const dirent* const entry = readdir(stream.get());  // NOLINT(concurrency-mt-unsafe)
        if (entry == nullptr) {
            break;
        }
        if (entry->d_name[0] != '.') {
            take(std::string(entry->d_name));
        }
    }
    if (errno != 0) {
        throw Failure(doing, "the folder cannot be read: " + error_text());
    }
}

// The type of what has the path, 0 for what is gone meanwhile, and for a link that leads nowhere or
// to a folder. What cannot be known may not be passed over.
mode_t type_of(const std::string& path, const std::string& doing) {
    struct stat found {};
    bool known = lstat(path.c_str(), &found) == 0;
    const bool is_link = known && S_ISLNK(found.st_mode);
    known = known && (!is_link || stat(path.c_str(), &found) == 0);
    if (!known && errno != ENOENT && errno != ELOOP) {
        throw Failure(doing, path + " cannot be looked at: " + error_text());
    }
    const mode_t type = known ? found.st_mode & S_IFMT : 0;
    return is_link && type == S_IFDIR ? 0 : type;
}

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

std::string canonical(const std::string& path) {
    std::error_code error;
    const auto found = fs::weakly_canonical(path, error);
    return error ? path : found.string();
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
    for (std::vector<std::string> folders{""}; !folders.empty();) {
        const std::string below = std::move(folders.back());
        folders.pop_back();
        for_each_name(folder + "/" + below, doing, [&](const std::string& name) {
            const std::string path = below + name;
            const mode_t type = type_of(folder + "/" + path, doing);
            if (type == S_IFDIR && enters(path)) {
                folders.push_back(path + "/");
            } else if (type == S_IFREG) {
                if (paths.size() == most) {
                    throw Failure(doing,
                                  "there are more than " + std::to_string(most) + " files below it",
                                  "Is it the right folder?");
                }
                paths.push_back(path);
            }
        });
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
