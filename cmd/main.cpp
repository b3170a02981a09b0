// Chooses the program by the name that it was started under, then by the first argument; and is the
// one place that catches.
#include <malloc.h>

#include <algorithm>
#include <array>
#include <exception>
#include <new>
#include <string>
#include <string_view>

#include "cmd/program.h"
#include "core/failure.h"
#include "core/openssl.h"
#include "core/text.h"
#include "net/curl_http.h"
#include "resource/resource.h"
#include "system/clock.h"
#include "system/environment.h"
#include "system/standard_streams.h"
#include "system/stop.h"

namespace upkeep {

namespace {

constexpr int resource_failed = 1;
constexpr int command_failed = 2;
constexpr int nothing_was_run = 125;  // as of env and nice: 2 may be what the command itself says

std::string_view file_name(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

bool is_resource_program(std::string_view name) {
    return name == "check" || name == "in" || name == "out";
}

struct Program {
    std::string_view name;
    int (*run)(const Arguments& arguments, World& world);
    bool has_help = false;  // by --help
};

constexpr std::array programs{Program{"check", run_check},
                              Program{"in", run_in},
                              Program{"out", run_out},
                              Program{"throttle", run_throttle, true},
                              Program{"rollout", run_rollout, true},
                              Program{"version", run_version},
                              Program{"help", run_help}};

// "help throttle run" is "throttle run --help".
bool is_help_about(const std::string& name, const Arguments& arguments) {
    return name == "help" && !arguments.empty() &&
           std::none_of(programs.begin(), programs.end(), [&](const Program& program) {
               return !program.has_help && program.name == arguments.front();
           });
}

int run(std::string name, Arguments arguments, World& world) {
    name = name == "--version" ? "version" : name == "--help" || name == "-h" ? "help" : name;
    if (is_help_about(name, arguments)) {
        name = arguments.front();
        arguments.erase(arguments.begin());
        arguments.emplace_back("--help");
    }
    std::vector<std::string> known;
    for (const Program& program : programs) {
        if (name == program.name) {
            return program.run(arguments, world);
        }
        known.emplace_back(program.name);
    }
    for (const Kind& kind : kinds()) {
        if (name == kind.command) {
            return run_look(kind, arguments, world);
        }
        known.emplace_back(kind.command);
    }
    const auto meant = did_you_mean(name, known);
    throw Failure(
        "upkeep",
        name.empty() ? "no command is given" : "there is no command " + shown_argument(name),
        (meant ? "Did you mean \"" + *meant + "\"? " : "") + std::string("There are:\n") +
            command_list());
}

int run_in_the_world(const std::string& name, const Arguments& arguments) {
    // Static: signal handlers and the thread of the transfers may use it until the process ends.
    static Stop stop;
    stop_on_signals(stop);
    withhold_from_libraries();
    const Environment environment = Environment::of_the_process();
    const SystemClock clock;
    CurlHttp http(environment, clock, stop);
    World world{http, environment, clock, stop, std::nullopt};
    return run(name, arguments, world);
}

// Without allocating, because the exit code depends on it even when nothing can be allocated.
std::string_view program_name(int argc, char** argv) {
    std::string_view name = argc > 0 ? file_name(argv[0]) : std::string_view();
    return is_resource_program(name) || argc < 2 ? name : std::string_view(argv[1]);
}

int failed(std::string_view program, int argc, char** argv) {
    if (is_resource_program(program)) {
        return resource_failed;
    }
    const bool runs_another =
        program == "throttle" && argc > 2 && argv[2] == std::string_view("run");
    return runs_another ? nothing_was_run : command_failed;
}

int guarded(int argc, char** argv) {
    const std::string_view program = program_name(argc, argv);
    try {
        secure_standard_streams();
        initialize_openssl();
        const bool by_own_name = argc < 1 || is_resource_program(file_name(argv[0]));
        const int before_arguments = std::min(argc, by_own_name ? 1 : 2);
        const std::string name = by_own_name || argc > 1 ? std::string(program) : "";
        return run_in_the_world(name, Arguments(argv + before_arguments, argv + argc));
    } catch (const std::bad_alloc&) {
        print_error("upkeep: there is not enough memory\n");
    } catch (const std::exception& error) {
        try {
            print_error("upkeep: " + printable_lines(error.what()) + "\n");
        } catch (const std::exception&) {
            print_error("upkeep: there is not enough memory to say what went wrong\n");
        }
    }
    return failed(program, argc, argv);
}

}  // namespace

}  // namespace upkeep

int main(int argc, char** argv) {
    // The threads wait for servers, hardly for memory: with a heap each, the peak is half as high
    // again, and a look takes longer, because each grows page by page.
    mallopt(M_ARENA_MAX, 1);  // NOLINT(concurrency-mt-unsafe): no thread has started
    return upkeep::guarded(argc, argv);
}
