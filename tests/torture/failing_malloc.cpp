// Linked into the preset `torture` alone, where every call of malloc and its kin, operator new's
// and those inside the static libraries too, is led here by the linker's --wrap. The environment
// says what to do:
//   UPKEEP_FAIL_ALLOCATION=n      the n-th allocation after main has started fails, and no other
//   UPKEEP_COUNT_ALLOCATIONS=FILE how many there were is written to FILE at the end
// main begins with a getppid, by which run.py finds its start among the system calls.

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

namespace {

std::atomic<bool> main_runs{false};
std::atomic<long> allocations{0};
long failing = 0;

bool must_fail() {
    if (!main_runs.load(std::memory_order_relaxed)) {
        return false;
    }
    if (allocations.fetch_add(1) + 1 != failing) {
        return false;
    }
    errno = ENOMEM;
    return true;
}

[[gnu::destructor]] void write_count() {
    main_runs = false;
    const char* const path = std::getenv("UPKEEP_COUNT_ALLOCATIONS");
    if (path == nullptr) {
        return;
    }
    const int file = ::open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    ::dprintf(file, "%ld\n", allocations.load());
    ::close(file);
}

}  // namespace

extern "C" {

int __real_main(int count, char** arguments, char** environment);
void* __real_malloc(std::size_t size);
void* __real_calloc(std::size_t count, std::size_t size);
void* __real_realloc(void* old, std::size_t size);
void* __real_aligned_alloc(std::size_t alignment, std::size_t size);
int __real_posix_memalign(void** result, std::size_t alignment, std::size_t size);

int __wrap_main(int count, char** arguments, char** environment) {
    const char* const wanted = std::getenv("UPKEEP_FAIL_ALLOCATION");
    failing = wanted == nullptr ? 0 : std::strtol(wanted, nullptr, 10);
    ::syscall(SYS_getppid);
    main_runs = true;
    return __real_main(count, arguments, environment);
}

void* __wrap_malloc(std::size_t size) {
    return must_fail() ? nullptr : __real_malloc(size);
}

void* __wrap_calloc(std::size_t count, std::size_t size) {
    return must_fail() ? nullptr : __real_calloc(count, size);
}

void* __wrap_realloc(void* old, std::size_t size) {
    return must_fail() ? nullptr : __real_realloc(old, size);
}

void* __wrap_aligned_alloc(std::size_t alignment, std::size_t size) {
    return must_fail() ? nullptr : __real_aligned_alloc(alignment, size);
}

int __wrap_posix_memalign(void** result, std::size_t alignment, std::size_t size) {
    return must_fail() ? ENOMEM : __real_posix_memalign(result, alignment, size);
}

}  // extern "C"
