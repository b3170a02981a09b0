#include "atc/fly_targets.h"

#include <doctest/doctest.h>

#include <string>

#include "core/failure.h"

using namespace upkeep;

namespace {

constexpr const char* flyrc = R"(targets:
  ci:
    api: https://ci.example.com
    team: main
    ca_cert: PEM
    token: {type: bearer, value: abc}
  loose: {api: https://b, team: main, insecure: true, token: {type: bearer, value: abc}}
  out: {api: https://c, team: main, token: {type: "", value: ""}}
  mutual: {api: https://d, client_cert_path: /c, token: {type: bearer, value: abc}}
)";

std::string refusal(const std::string& name, const char* text = flyrc) {
    try {
        atc::fly_target(name, text, "~/.flyrc");
        return "";
    } catch (const Failure& failure) {
        return failure.what();
    }
}

}  // namespace

TEST_CASE("a target of fly is where and as whom") {
    CHECK(atc::fly_target("ci", flyrc, "~/.flyrc") ==
          json::object{{"url", "https://ci.example.com"}, {"token", "abc"}, {"ca_cert", "PEM"}});
}

TEST_CASE("what cannot be used of fly's targets is said") {
    CHECK(refusal("c1").find("Did you mean ci? There are: ci, loose, out, mutual.") !=
          std::string::npos);
    CHECK(refusal("loose").find("--ca-cert instead of --insecure") != std::string::npos);
    CHECK(refusal("out").find("fly -t out login") != std::string::npos);
    CHECK(refusal("mutual").find("client certificate") != std::string::npos);
    CHECK(refusal("ci", "[]").find("it has no targets") != std::string::npos);
    CHECK(refusal("ci", "a: [").find("reading fly's targets in ~/.flyrc") == 0);
}
