#include "bosh/table_columns.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using upkeep::bosh::ColumnsByShape;
using upkeep::bosh::is_published_name;
using upkeep::bosh::RowOfCells;
using upkeep::bosh::Shape;

namespace {

const std::string jammy = "bosh-aws-xen-hvm-ubuntu-jammy-go_agent/1.404";

ColumnsByShape shapes(const std::vector<RowOfCells>& rows) {
    ColumnsByShape found;
    for (const RowOfCells& row : rows) {
        REQUIRE(found.add(row));
    }
    return found;
}

Shape shape(const std::vector<RowOfCells>& rows) {
    return shapes(rows).shape();
}

// The columns of names and of stemcells, "0 2".
std::string columns(const std::vector<RowOfCells>& rows) {
    const ColumnsByShape found = shapes(rows);
    REQUIRE(found.shape() == Shape::known);
    return std::to_string(found.columns().name) + " " + std::to_string(found.columns().stemcell);
}

}  // namespace

TEST_CASE("names of published stemcells, and names of releases that begin alike") {
    for (const char* name :
         {"bosh-aws-xen-hvm-ubuntu-jammy-go_agent", "bosh-aws-xen-hvm-ubuntu-jammy-fips-go_agent",
          "bosh-aws-xen-hvm-ubuntu-noble", "bosh-aws-xen-ubuntu-trusty-go_agent",
          "bosh-alicloud-kvm-ubuntu-resolute", "bosh-openstack-kvm-centos-7-go_agent-raw",
          "bosh-vsphere-esxi-windows2019-go_agent", "bosh-warden-boshlite-ubuntu-xenial-go_agent",
          "bosh-azure-hyperv-ubuntu-bionic-go_agent", "bosh-google-kvm-windows2012R2-go_agent"}) {
        CHECK_MESSAGE(is_published_name(name), name);
    }
    for (const char* name :
         {"bosh", "bosh-", "bosh-dns", "bosh-dns-aliases", "bosh-aws-cpi", "capi",
          "bosh-system-metrics-server", "bosh-ubuntu-noble", "windows2019fs",
          "light-bosh-aws-xen-hvm-ubuntu-noble", "a-b-c-ubuntu", ""}) {
        CHECK_FALSE_MESSAGE(is_published_name(name), name);
    }
}

TEST_CASE("columns that are certain") {
    CHECK(columns({{"cf", "capi/1", jammy, "-"}}) == "0 2");
    CHECK(columns({{"cf", "capi/1", "acme/1", "ops"}}) == "0 2");
    CHECK(columns({{"cf", "capi/1", "acme/1"}}) == "0 2");
    CHECK(columns({{"cf", jammy}}) == "0 1");
    CHECK(columns({{"cf", jammy, "-"}, {"", jammy, ""}}) == "0 1");
    CHECK(columns({{"cf", jammy, "latest"}}) == "0 1");
    CHECK(columns({{"cf", "-", "-"}, {"x", "-", jammy}}) == "0 2");
    CHECK(columns({{"cf", "capi/1", jammy, "ops", "outdated"}}) == "0 2");
    CHECK(columns({{"cf", "capi/1", "acme/1", "12 cloud/default", "ops"}}) == "0 2");
    CHECK(columns({{"cf", "acme/1", "12 cloud/default"}, {"x", jammy, "-"}}) == "0 1");
}

TEST_CASE("columns that could be others") {
    CHECK(shape({{"cf", "acme/1"}}) == Shape::ambiguous);
    CHECK(shape({{"cf", "-"}}) == Shape::ambiguous);
    CHECK(shape({{"cf", "capi/1", "-", "-"}}) == Shape::ambiguous);
    CHECK(shape({{"cf", "acme/1", "ops"}}) == Shape::ambiguous);
}

TEST_CASE("no stemcells, no such table") {
    CHECK(shape({{"cf"}}) == Shape::no_stemcells);
    CHECK(shape({{"cf", "ops"}}) == Shape::no_stemcells);
    CHECK(shape({{jammy}}) == Shape::no_stemcells);
    CHECK_FALSE(ColumnsByShape().add({"cf", "capi/1", jammy, "-", "-", "-"}));
    CHECK_FALSE(ColumnsByShape().add({"a b", "capi/1", jammy, "-"}));
    CHECK_FALSE(ColumnsByShape().add({"cf", jammy, "capi/1", "-"}));
    ColumnsByShape found = shapes({{"cf", "capi/1", jammy, "-"}});
    CHECK_FALSE(found.add({"db", jammy, "pg/1", "-"}));
}
