#include "bosh/vms.h"

#include <algorithm>
#include <chrono>

#include "core/failure.h"
#include "core/json.h"
#include "core/limits.h"
#include "core/no_text.h"
#include "core/text.h"

namespace upkeep::bosh {

namespace {

using namespace std::chrono_literals;

constexpr auto first_wait = 250ms;
constexpr auto longest_wait = 5s;
const std::string too_long = " longer than the " + to_text(limits::task_time) + " there are";

// The URL of a task does not say whose VMs it is about.
template <typename Call>
auto naming(const std::string& doing, Call call) {
    try {
        return call();
    } catch (const Stopped&) {
        throw;
    } catch (const Failure& failure) {
        throw Failure(doing, failure.doing() + ": " + failure.why(), failure.advice());
    }
}

const json::object& object_of(const json::value& value, const std::string& doing) {
    const json::object* object = value.if_object();
    if (object == nullptr) {
        throw Failure(doing, "a part of it is " + type_name(value) + ", wanted: an object",
                      not_the_director);
    }
    return *object;
}

std::string state_of(Director& director, const std::string& task) {
    const std::string doing = "reading " + director.url_of(task);
    const json::value value = parse_json(director.get(task), doing, not_the_director);
    std::string state = text_in(object_of(value, doing), "state");
    if (state.empty()) {
        throw Failure(doing, "it says no state of the task", not_the_director);
    }
    return state;
}

// Its state once it has ended, "done" if all went well.
std::string wait_for(Director& director, const std::string& task, const std::string& doing,
                     Instant end, const Clock& clock, const Stop& stop) {
    for (std::chrono::milliseconds wait = first_wait;;
         wait = std::min<std::chrono::milliseconds>(2 * wait, longest_wait)) {
        std::string state = naming(doing, [&] { return state_of(director, task); });
        if (state != "queued" && state != "processing" && state != "cancelling") {
            return state;
        }
        if (clock.instant() + wait > end) {
            throw Failure(
                doing, "its task (" + task.substr(1) + ") is still " + state + " after" + too_long,
                "Are the director's workers busy (bosh tasks)?");
        }
        clock.wait(clock.instant() + wait, stop);
    }
}

}  // namespace

std::vector<Vm> list_vms(Director& director, const std::string& deployment, Instant end,
                         const Clock& clock, const Stop& stop) {
    const std::string doing = "listing the VMs of " + printable(deployment);
    if (clock.instant() >= end) {
        throw Failure(doing, "the tasks before have taken" + too_long,
                      "Are the director's workers busy (bosh tasks)?");
    }
    const std::string path = "/deployments/" + percent_encoded(deployment) + "/vms";
    const std::string task =
        naming(doing, [&] { return director.start_task(path, "format=full"); });
    const std::string state = wait_for(director, task, doing, end, clock, stop);
    if (state != "done") {
        throw Failure(doing, "the task ended as " + shortened(printable(state), 60),
                      "bosh task " + task.substr(task.rfind('/') + 1) + " tells why.");
    }
    return naming(doing, [&] {
        return parse_vms(director.task_result(task),
                         "reading " + director.url_of(task + "/output"));
    });
}

std::vector<Vm> parse_vms(std::string_view result, const std::string& doing) {
    if (const auto what = what_else_it_is(result)) {
        throw Failure(doing, "it is " + *what, not_the_director);
    }
    std::vector<Vm> vms;
    while (!result.empty()) {
        const std::string_view line = result.substr(0, result.find('\n'));
        result.remove_prefix(std::min(result.size(), line.size() + 1));
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) {
            continue;
        }
        const json::value value = parse_json(line, doing, not_the_director);
        const json::object& vm = object_of(value, doing);
        if (text_in(vm, "vm_cid").empty()) {
            continue;
        }
        Vm& known = vms.emplace_back();
        if (const json::object* stemcell = object_in(vm, "stemcell")) {
            known.stemcell = {text_in(*stemcell, "name"), text_in(*stemcell, "version")};
        }
    }
    return vms;
}

}  // namespace upkeep::bosh
