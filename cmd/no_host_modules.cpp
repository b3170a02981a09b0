// The static program's own versions of the functions by which glibc, even when linked statically,
// loads modules from the host (name services; plugins): they may be missing or of another glibc,
// and then crash. OpenSSL and c-ares refer to these but have no need of them here: names are
// resolved by c-ares' own queries, ports are numbers, providers are built in. They all fail.

#include <dlfcn.h>
#include <netdb.h>

#include <cerrno>

extern "C" {

int getaddrinfo(char const* /*node*/, char const* /*service*/, addrinfo const* /*hints*/,
                addrinfo** /*result*/) {
    return EAI_FAIL;
}

void freeaddrinfo(addrinfo* /*list*/) noexcept {}

int getnameinfo(sockaddr const* /*address*/, socklen_t /*length*/, char* /*host*/,
                socklen_t /*host_size*/, char* /*service*/, socklen_t /*service_size*/,
                int /*flags*/) {
    return EAI_FAIL;
}

hostent* gethostbyname(char const* /*name*/) {
    h_errno = NO_RECOVERY;
    return nullptr;
}

servent* getservbyname(char const* /*name*/, char const* /*protocol*/) {
    return nullptr;
}

int getservbyport_r(int /*port*/, char const* /*protocol*/, servent* /*buffer*/, char* /*text*/,
                    size_t /*size*/, servent** result) {
    *result = nullptr;
    return ENOENT;
}

void* dlopen(char const* /*file*/, int /*mode*/) noexcept {
    return nullptr;
}

void* dlsym(void* /*library*/, char const* /*name*/) noexcept {
    return nullptr;
}

int dlclose(void* /*library*/) noexcept {
    return -1;
}

char* dlerror() noexcept {
    static char text[] = "this program loads no modules";
    return text;
}

// The same for glibc's own use, by iconv.
void* __libc_dlopen_mode(char const* /*file*/, int /*mode*/) {
    return nullptr;
}

void* __libc_dlsym(void* /*library*/, char const* /*name*/) {
    return nullptr;
}

int __libc_dlclose(void* /*library*/) {
    return -1;
}

int dladdr(void const* /*address*/, Dl_info* /*info*/) noexcept {
    return 0;
}

}  // extern "C"
