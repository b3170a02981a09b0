#include "atc/job_ref.h"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "atc/job_pattern.h"

using namespace upkeep;
using namespace upkeep::atc;

TEST_CASE("a job is read and written as people write it") {
    for (const char* text :
         {"main/cf/deploy", "main/cf[env=staging]/deploy", "main/cf[env=staging,n=1]/deploy",
          "main/cf[env=\"1\"]/deploy", "main/cf[branch=\"feature/x\"]/deploy",
          "main/cf[region.name=eu]/deploy", "main/a b/deploy [1]",
          R"(main/cf[n=1,zones=["z1","z2"]]/deploy)", "main/cf[a=[1,[2,3]],z=x]/deploy",
          R"(main/cf[a="b]\",c",d="e\\"]/deploy)", "main/cf[a=[]]/deploy",
          R"(main/cf[a="say \"x\", [b=c]/",n=1]/deploy)", R"(main/cf[a="\\",b=x]/deploy)",
          "main/cf[a=\" x \"]/deploy"}) {
        CAPTURE(text);
        CHECK(to_text(parse_job(text)) == text);
    }
    CHECK(parse_job(R"(main/cf[zones=["z1","z2"]]/deploy)").instance ==
          InstanceVars{{"zones", json::array{"z1", "z2"}}});
    CHECK(parse_job("main/cf[n=1,on=true,s=\"1\"]/deploy").instance ==
          InstanceVars{{"n", 1}, {"on", true}, {"s", "1"}});
    CHECK(to_text(parse_job("main/cf[ region = eu , env=\"staging\" ]/deploy")) ==
          "main/cf[env=staging,region=eu]/deploy");
    for (const char* text :
         {"", "main", "main/cf", "main/cf/deploy/x", "/cf/deploy", "main//deploy", "main/cf/",
          "main/[env=x]/deploy", "main/cf[env=x,y]/deploy", "main/cf[=x]/deploy",
          "main/cf[ =x]/deploy", "main/cf[a=1,a=2]/deploy"}) {
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
    CHECK(JobPattern("main/c[ef]*[env=[a-s]*]/*").matches(staging));
    CHECK_FALSE(
        JobPattern("main/c[ef]*[env=[a-s]*]/*").matches(parse_job("main/cf[env=x]/deploy")));
    CHECK(JobPattern(R"(main/cf[zones=["z1","z2"]]/*)")
              .matches(parse_job(R"(main/cf[n=1,zones=["z1","z2"]]/deploy)")));
    CHECK(JobPattern("main/cf[n=1, env = staging]/*").matches(staging));
    CHECK_FALSE(JobPattern("web/cf/deploy-*").matches(plain));
    CHECK_FALSE(JobPattern("main/cf/deploy").matches(plain));
}

TEST_CASE("a pattern of a variable means the text itself, slashes and all") {
    const auto matches = [](const std::string& pattern, const std::string& value) {
        return JobPattern("main/cf[v=" + pattern + "]/*")
            .matches(parse_job("main/cf[v=" + value + "]/deploy"));
    };
    for (const char* pattern :
         {"feature/x", "\"feature/x\"", "feature*", "feature/*", "*x", "f?*/x", "\"feature/*\""}) {
        CAPTURE(pattern);
        CHECK(matches(pattern, "feature/x"));
        CHECK_FALSE(matches(pattern, "hotfix/y"));
    }
    CHECK_FALSE(matches("*/x", "x"));
    for (const char* value : {"x", "feature/x", "1", "\"1\"", "1.5", "true", R"(["a", "b"])",
                              "\"a, b\"", "a=b", "\"\""}) {
        CAPTURE(value);
        CHECK(matches("*", value));
        CHECK(matches(value, value));
    }
    CHECK_FALSE(matches("1", "\"1\""));
    CHECK_FALSE(matches("\"1\"", "1"));
    for (const char* value : {"2.11.3", "\"2.11\"", "2.11"}) {
        CAPTURE(value);
        CHECK(matches("2.*", value));
        CHECK(matches("2.1?*", value));
        CHECK_FALSE(matches("3.*", value));
    }
    CHECK(matches("\"2.*\"", "\"2.11\""));
    CHECK_FALSE(matches("\"2.*\"", "2.11"));
    CHECK(matches("2.0", "2"));
    CHECK(JobPatterns({"main/cf/*", "!main/cf[v=feature/x]/*"})
              .matches(parse_job("main/cf[v=feature/y]/deploy")));
    CHECK_FALSE(JobPatterns({"main/cf/*", "!main/cf[v=feature/x]/*"})
                    .matches(parse_job("main/cf[v=feature/x]/deploy")));
}

TEST_CASE("a number is written as people write it") {
    for (const char* const job : {"main/cf[v=2.11]/deploy", "main/cf[v=-0.5]/deploy",
                                  "main/cf[v=1e+300]/deploy", "main/cf[v=17]/deploy"}) {
        CHECK(to_text(parse_job(job)) == job);
    }
    CHECK(to_text(parse_job("main/cf[v=2.0]/deploy")) == "main/cf[v=2]/deploy");
}

TEST_CASE("a job's own pattern means it alone") {
    const std::vector<std::string> jobs{R"(main/cf[zones=["z1","z2"]]/deploy)",
                                        R"(main/cf[zones=["z1"]]/deploy)",
                                        "main/cf[zones=z]/deploy",
                                        "main/cf[zones=[1,[2,3]]]/deploy",
                                        "main/a[1]/deploy [1]",
                                        "main/a1/deploy 1",
                                        R"(main/cf[a="b]\",c"]/deploy)",
                                        R"(main/cf[a="b\\"]/deploy)",
                                        R"(main/cf[env="a*"]/deploy)",
                                        "main/cf[env=ab]/deploy",
                                        "main/cf[env=\" ab \"]/deploy",
                                        "main/cf[env=\"\"]/deploy",
                                        "main/cf[env=1]/deploy",
                                        "main/cf[env=\"1\"]/deploy",
                                        "main/cf[env=1.5]/deploy",
                                        R"(main/cf[env="\"1\""]/deploy)",
                                        R"(main/cf[env="[\"ab\"]"]/deploy)",
                                        R"(main/cf[env=["ab"]]/deploy)",
                                        "main/cf[env=\"feature/ab\"]/deploy"};
    for (const std::string& one : jobs) {
        const JobPattern pattern(pattern_of(parse_job(one)));
        for (const std::string& other : jobs) {
            CAPTURE(pattern.text());
            CAPTURE(other);
            CHECK(pattern.matches(parse_job(other)) == (one == other));
        }
    }
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
