#include "atc/job_ref.h"

#include <doctest/doctest.h>

#include <stdexcept>

#include "atc/job_pattern.h"

using namespace upkeep;
using namespace upkeep::atc;

TEST_CASE("a job is read and written as people write it") {
    for (const char* text :
         {"main/cf/deploy", "main/cf[env=staging]/deploy", "main/cf[env=staging,n=1]/deploy",
          "main/cf[env=\"1\"]/deploy", "main/cf[branch=\"feature/x\"]/deploy",
          "main/cf[region.name=eu]/deploy", "main/a b/deploy [1]",
          R"(main/cf[a="say \"x\", [b=c]/",n=1]/deploy)", R"(main/cf[a="x \\",b=x]/deploy)"}) {
        CAPTURE(text);
        CHECK(to_text(parse_job(text)) == text);
    }
    CHECK(parse_job("main/cf[n=1,on=true,s=\"1\"]/deploy").instance ==
          InstanceVars{{"n", 1}, {"on", true}, {"s", "1"}});
    for (const char* text :
         {"", "main", "main/cf", "main/cf/deploy/x", "/cf/deploy", "main//deploy", "main/cf/",
          "main/[env=x]/deploy", "main/cf[env=x,y]/deploy", "main/cf[=x]/deploy",
          "main/cf[a=1,a=2]/deploy"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(parse_job(text), std::invalid_argument);
    }
}

TEST_CASE("the variables of an instance are flat, named as Concourse names them") {
    const auto vars =
        parse_json(R"({"env": "staging", "region": {"name": "eu", "n": 2}, "a.b": "c"})", "reading")
            .as_object();
    CHECK(
        flat_vars(vars) ==
        InstanceVars{{"env", "staging"}, {"region.name", "eu"}, {"region.n", 2}, {"\"a.b\"", "c"}});
}

TEST_CASE("a pattern means all instances, or those with its variables") {
    const JobRef plain = parse_job("main/cf/deploy-cf");
    const JobRef staging = parse_job("main/cf[env=staging,n=1]/deploy-cf");
    const JobRef production = parse_job("main/cf[env=production]/deploy-cf");
    const JobPattern all("main/cf/deploy-*");
    CHECK(all.matches(plain));
    CHECK(all.matches(staging));
    const JobPattern one("main/cf[env=staging]/deploy-*");
    CHECK(one.matches(staging));
    CHECK_FALSE(one.matches(production));
    CHECK_FALSE(one.matches(plain));
    CHECK(JobPattern("main/c[ef]/*").matches(staging));
    CHECK(JobPattern("main/*[n=1]/*").matches(staging));
    CHECK_FALSE(JobPattern("web/cf/deploy-*").matches(plain));
    CHECK_FALSE(JobPattern("main/cf/deploy").matches(plain));
}

TEST_CASE("the last pattern that matches wins") {
    const JobPatterns patterns({"main/*/deploy-*", "!main/sandbox/*", "ops/*/deploy"});
    CHECK(patterns.matches(parse_job("main/cf/deploy-cf")));
    CHECK_FALSE(patterns.matches(parse_job("main/sandbox/deploy-cf")));
    CHECK_FALSE(patterns.matches(parse_job("main/cf/test")));
    CHECK(patterns.teams() == std::vector<std::string>{"main", "ops"});
    CHECK(patterns.text() == "main/*/deploy-*, !main/sandbox/*, ops/*/deploy");
    CHECK_THROWS_AS(JobPatterns(std::vector<std::string>()), std::invalid_argument);
    CHECK_THROWS_AS(JobPatterns({"!main/a/b"}), std::invalid_argument);
    CHECK_THROWS_AS(JobPatterns({"ma*/a/b"}), std::invalid_argument);
    CHECK_THROWS_AS(JobPatterns({"main/a/[b"}), std::invalid_argument);
}
