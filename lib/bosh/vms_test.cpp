#include "bosh/vms.h"

#include <doctest/doctest.h>

#include "core/failure.h"

using upkeep::bosh::parse_vms;

TEST_CASE("the result of a task is one VM a line") {
    const std::string unknown = R"("stemcell": {"name": null, "version": null}})";
    const auto vms =
        parse_vms(R"({"vm_cid": "i-1", "job_name": "router", "id": "a-1", "index": 0, )"
                  R"("stemcell": {"name": "noble", "version": "1.9", "api_version": 3}})"
                  "\n"
                  R"({"vm_cid": "i-2", "job_name": "router", "id": "a-2", )" +
                      unknown +
                      "\n"
                      R"({"vm_cid": null, "job_name": "smoke-tests", "id": "b-1", )" +
                      unknown + "\n",
                  "reading");
    REQUIRE(vms.size() == 2);
    CHECK(vms[0].stemcell == upkeep::bosh::StemcellReference{"noble", "1.9"});
    CHECK(vms[1].stemcell.version.empty());
}

TEST_CASE("what is no result is refused") {
    CHECK_THROWS_AS(parse_vms("{\"vm_cid\": ", "reading"), upkeep::Failure);
    CHECK_THROWS_AS(parse_vms("[]\n", "reading"), upkeep::Failure);
    CHECK_THROWS_WITH_AS(parse_vms("<html>\n<title>Log in</title></html>\n", "reading"),
                         doctest::Contains("it is an HTML page (Log in)"), upkeep::Failure);
}
