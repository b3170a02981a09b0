// What Concourse says of builds, jobs and pipelines is read or refused with Failure; fly's targets,
// too.
#include "atc/build.h"

#include <cstddef>
#include <cstdint>
#include <string>

#include "atc/fly_targets.h"
#include "core/failure.h"

namespace {

template <typename Parse>
void read(Parse parse) {
    try {
        parse();
    } catch (const upkeep::Failure&) {
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    read([&] { upkeep::atc::fly_target("ci", text, ".flyrc"); });
    read([&] {
        const auto value = upkeep::parse_json(text, "reading");
        read([&] { upkeep::atc::parse_build(value, "reading").text(); });
        read([&] {
            const auto job = upkeep::atc::parse_job_state(value, "reading");
            to_text(job.ref);
        });
        read([&] { upkeep::atc::parse_pipeline(value, "reading"); });
        read([&] { upkeep::atc::parse_preparation(value, "reading"); });
    });
    return 0;
}
