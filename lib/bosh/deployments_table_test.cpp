// Tables as people paste them. What the real bosh printed is in deployment_test.cpp.
#include "bosh/deployments_table.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/failure.h"

using upkeep::Failure;
using upkeep::bosh::Deployment;
using upkeep::bosh::parse_deployments_table;
using upkeep::bosh::StemcellReference;

namespace {

const std::string jammy = "bosh-aws-xen-hvm-ubuntu-jammy-go_agent";
const std::string noble = "bosh-aws-xen-hvm-ubuntu-noble";

std::string parsed(const std::string& text) {
    std::string summary;
    for (const Deployment& deployment : parse_deployments_table(text, "reading").all) {
        summary += deployment.name + ":";
        for (const StemcellReference& stemcell : deployment.stemcells) {
            summary += " " + stemcell.name + "/" + stemcell.version;
        }
        summary += "\n";
    }
    return summary;
}

Failure failure_of(const std::string& text) {
    try {
        const std::string summary = parsed(text);
        FAIL("nothing was thrown, read was: " << summary);
    } catch (const Failure& failure) {
        return failure;
    }
    return {"", ""};
}

void check_why(const std::string& text, const std::string& part) {
    const std::string why = failure_of(text).why();
    INFO(text);
    INFO(why);
    CHECK(why.find(part) != std::string::npos);
}

}  // namespace

TEST_CASE("a row of the maintenance checklist, with or without a line feed") {
    const std::string row =
        "concourse-production    awslogs-xenial/14       "
        "bosh-aws-xen-hvm-ubuntu-xenial-go_agent/621.64  -";
    const std::string wanted =
        "concourse-production: bosh-aws-xen-hvm-ubuntu-xenial-go_agent/621.64\n";
    CHECK(parsed(row) == wanted);
    CHECK(parsed(row + "\n") == wanted);
    CHECK(parsed("    " + row + "   \r\n\r\n") == wanted);
}

TEST_CASE("rows that lost their tabs: continuations by their place") {
    CHECK(parsed("concourse-production    awslogs-xenial/14       " + jammy + "/621.64  -\n" +
                 "                        bosh-dns/1              " + jammy + "/621.61\n" +
                 "                        bpm/2\n" +
                 "cf                      -                       -                    -\n") ==
          "concourse-production: " + jammy + "/621.64 " + jammy + "/621.61\ncf:\n");
    check_why("concourse-production    awslogs-xenial/14       " + jammy + "/621.64  -\n" +
                  "               bosh-dns/1     " + jammy + "/621.61\n",
              "line 2 (bosh-dns/1  " + jammy);
    check_why("cf  capi/1  " + jammy + "/1.1  -\n    " + jammy + "/1.2\n", "line 2 (bosh-aws");
}

TEST_CASE("tabs that became spaces: a column is up to a tab wider than its widest cell") {
    const std::string row = "cf      capi/1  " + jammy + "/1.1      -\n";
    const std::string more = "                " + noble + "/1.1\n";
    CHECK(parsed(row + more) == "cf: " + jammy + "/1.1 " + noble + "/1.1\n");
    // Two tabs more: the row with the widest release is missing.
    const std::string wider(16, ' ');
    check_why("cf      capi/1  " + wider + jammy + "/1.1      -\n" + wider + more,
              "rows are missing");
}

TEST_CASE("tabs without their padding, and rows cut off by cut") {
    CHECK(parsed("cf\tcapi/1\t" + jammy + "/1.1\tops\n\tdiego/2\t" + noble + "/2\n\tuaa/1\n") ==
          "cf: " + jammy + "/1.1 " + noble + "/2\n");
    CHECK(parsed("cf\t" + jammy + "/1.1\n\t" + noble + "/2\n") ==
          "cf: " + jammy + "/1.1 " + noble + "/2\n");
}

TEST_CASE("a pasted session: prompts, colours, no-break spaces, indentation") {
    CHECK(parsed("me@jumpbox:~$ bosh -e dev deployments | grep cf\n"
                 "cf  capi/1  " +
                 jammy +
                 "/1.1  -\n"
                 "me@jumpbox:~$ ") == "cf: " + jammy + "/1.1\n");
    CHECK(parsed("$ bosh deployments\nUsing environment 'dev' as client 'ci'\n\n"
                 "  \x1b[1mName\x1b[0m  \x1b[1mStemcell(s)\x1b[0m\n\n  cf\xC2\xA0   " +
                 jammy + "/1.1\n\n  1 deployments\n\nSucceeded\n$ ") == "cf: " + jammy + "/1.1\n");
    CHECK(parsed("$ bosh -e staging ds\n\x1b]0;title\x07Name  Release(s)  Stemcell(s)\n"
                 "db    pg/1        " +
                 noble + "/3\n~     pg/1        " + noble + "/4\n2 deployments\n") ==
          "db: " + noble + "/3 " + noble + "/4\n");
}

TEST_CASE("two tables in one are refused: both directors may have a deployment of that name") {
    const std::string table = "Name  Stemcell(s)\ncf    " + jammy + "/1.1\n\n1 deployments\n";
    const std::string rows = "cf\t" + jammy + "/1.1\t-\t\ndb\t" + jammy + "/1.1\t-\t\n";
    const std::string wider = "cf-2\t" + jammy + "/1.1 \t-\t\n";
    check_why(table + "\nSucceeded\n" + table, "line 7 (Name  Stemcell(s)) begins a second table");
    check_why(table + "0 deployments\n", "ends a second table");
    check_why(rows + "2 deployments\n" + rows, "line 4 (cf  bosh-aws");
    check_why(rows + rows, "line 3 (cf  bosh-aws-xen-hvm-ubuntu-jammy-go_agent/1.1  -) names");
    check_why(rows + wider, "has other widths than the rows above it");
    for (const std::string& text : {table + table, rows + rows, rows + wider}) {
        CHECK(failure_of(text).advice().find("--source or a call") != std::string::npos);
    }
}

TEST_CASE("what is known of the end of a table") {
    const auto read = [](const std::string& text) {
        return parse_deployments_table(text, "reading");
    };
    const std::string rows = "cf\tcapi/1\t" + jammy + "/1.1\t-\t\n";
    CHECK(read(rows + "1 deployments\n").doubt.empty());
    CHECK(read(rows + "1 deployments\n").missing.empty());
    CHECK(read(rows).doubt.find("cut off") != std::string::npos);
    CHECK(read(rows).missing.empty());
    // Wider than all that is in it: grep left the rest out.
    const std::string wide = "cf    \tcapi/1\t" + jammy + "/1.1\t-\t\n";
    CHECK(read(wide).missing.find("rows of the table are missing") != std::string::npos);
    CHECK(read(wide).doubt.empty());
    CHECK(read("cf        capi/1  " + jammy + "/1.1  -\n").missing != "");
    // Here it may be the header that fills the column.
    const auto unframed = read("cf    capi/1      " + jammy + "/1.1  -\n");
    CHECK(unframed.missing.find("rows of the table may be missing") == 0);
    CHECK(unframed.doubt.empty());
    CHECK(read("cf    capi/1      " + jammy + "/1.1  -\n1 deployments\n").missing.empty());
}

TEST_CASE("the tables that the Ruby bosh drew") {
    const std::string rule = "+------+---------+--------------+\n";
    const std::string header = "| Name | Release(s) | Stemcell(s) | Cloud Config |\n";
    CHECK(parsed("Acting as user 'admin' on 'lite'\n\n" + rule + header + rule +
                 "| cf   | cf/250  | " + jammy + "/3147 | latest |\n" + "|      | uaa/2   | " +
                 jammy + "/3148 |        |\n" + rule +
                 "| none |         |                      | latest |\n" + rule +
                 "\nDeployments total: 2\n") ==
          "cf: " + jammy + "/3147 " + jammy + "/3148\nnone:\n");
}

TEST_CASE("after grep: one complete row is read, the rest of a deployment is not") {
    const std::string row = "concourse \tbpm/1.2.19    \t" + jammy + "/1.406\t-\t\n";
    CHECK(parsed(row) == "concourse: " + jammy + "/1.406\n");
    const std::string orphan = "          \tdiego/2.99.0  \t" + noble + "/1.11\t\t\n";
    check_why(orphan, "has no deployment's name, and the row that it continues is missing");
    check_why(row + "--\n" + orphan, "line 3 (diego/2.99.0  " + noble);
    // Nothing in these is as wide as its column: rows are missing, and the last is not concourse's.
    check_why(row + orphan, "rows are missing, as after grep");
    check_why(row + "\tdiego/2.99.0  \t" + noble + "/1.11\n", "line 2 (diego/2.99.0");
    // A list that has ended does not go on.
    check_why(
        "cf\tcapi/1\t" + jammy + "/1\t-\t\n  \tdiego/1\t\t\t\n  \tuaa/1\t" + noble + "/1\t\t\n",
        "line 3");
    check_why("1:cf\tcapi/1\t" + jammy + "/1\t-\t\n", "1:cf");
}

TEST_CASE("cut in the middle") {
    const std::string header = "Name  Release(s)  Stemcell(s)\n";
    const std::string row = "cf    capi/1      " + jammy + "/1.1\n";
    check_why(header, "without its footer");
    check_why(header + row, "line 2 (cf  capi/1");
    check_why(header + row + "\n2 deployments\n", "ends a table of 1 deployments");
    check_why(header + row + row + "\n1 deployments\n", "ends a table of 2 deployments");
    check_why(row + row + "3 deployments\n", "ends a table of 2 deployments");
    check_why(header + row + header + row + "1 deployments\n", "line 3");
    check_why(header + "cf    capi/1\n1 deployments\n", "has 2 cells where the table has 3");
    check_why(header + "cf    capi/1      " + jammy + "/\n1 deployments\n",
              "version after the slash");
    check_why(header + "cf    capi/1      bosh-aws\n1 deployments\n", "\"bosh-aws\"");
    check_why(header + "cf    capi/1      " + jammy + "/1..1\n1 deployments\n", "NAME/VERSION");
    check_why("cf\tcapi/1\t" + jammy + "/1.1\t-\t\ndb\tpg/1\t" + jammy + "/1.1\n",
              "line 2 (db  pg/1");
    check_why("cf\tcapi/1\t" + jammy + "/1.1\t-\t\ndb\tpg/1\t" + jammy + "/1.", "line 2");
    check_why("cf\tcapi/1\t" + jammy + "/1.1\t-\t\ndb\tpg/1\t" + jammy + "/1.1\tplat", "cut off");
    check_why("cf\t\t" + jammy + "/1.1\t-\t\n", "has an empty cell");
    check_why("cf\tcapi/1\t" + jammy + "/1.1\t-\t\n\ta/1\t\tb\tc\td\n", "line 2");
    check_why("cf  capi/1  " + jammy + "/1.1", "cut off");
    CHECK(parsed("cf  " + jammy + "/1.1\n$") == "cf: " + jammy + "/1.1\n");
    check_why("cf\tcapi/1\t" + jammy + "/1.1\t-\n\tdiego/2", "cut off");
    // Between tabs each row ends with a line feed, also where its stemcells are over.
    check_why("cf\tcapi/1\t" + jammy + "/1.1\t-\n\tdiego/2\n\tuaa/3", "cut off");
    check_why("cf\tcapi/1\t" + jammy + "/1.1\t-\t", "cut off");
    // Nor may the last row have fewer ends than those above it.
    check_why("cf\tcapi/1\t" + jammy + "/1.1\t-\t\n\tdiego/2\t\n", "cut off");
}

TEST_CASE("rows that belong to no table, names that are none") {
    const std::string table = "Name  Stemcell(s)\ncf    " + jammy + "/1.1\n1 deployments\n";
    CHECK(parsed("anything before\n" + table + "and after\n") == "cf: " + jammy + "/1.1\n");
    check_why("db\t" + jammy + "/1\n" + table, "outside of the table");
    check_why(table + "db    " + jammy + "/1\n", "line 4");
    check_why("Name  Stemcell(s)\n~     " + jammy + "/1\n1 deployments\n", "repeats the name");
    check_why("Name  Stemcell(s)\n-     " + jammy + "/1\n1 deployments\n", "name of a deployment");
    check_why("Name  Stemcell(s)\na$b   " + jammy + "/1\n1 deployments\n", "name of a deployment");
}

TEST_CASE("no table of deployments") {
    check_why("cf capi/1 " + jammy + "/1.1 -\n", "has no columns");
    check_why("bash: bosh: command not found\n", "has no columns");
    check_why("Succeeded\n", "holds no table");
    check_why("cf\tcapi/1\n", "cannot be told");
    check_why("cf\tcapi/1\t-\t-\n", "cannot be told");
    check_why("cf\t-\t-\n", "cannot be told");
    check_why("cf\nlogs\n", "no column of stemcells");
    check_why("           diego/2.99.0     " + noble + "/1.11            ops  \n",
              "the row that it continues is missing");
    check_why("Stemcell(s)\n" + jammy + "/1\n" + noble + "/1\n1 deployments\n", "lacks the column");
    check_why(jammy + "\t1.404*\tubuntu-jammy\t-\tami-0\t\n", "bosh stemcells");
    check_why("api/0\trunning\tz1\t10.0.0.1\ti-1\tsmall\ttrue\t\n", "is not a row");
    check_why("Instance  Process State  AZ\napi/0  running  z1\n\n1 vms\n", "bosh vms");
    check_why("12 releases\n", "bosh releases");
    std::string wide;
    for (int i = 0; i < 100'000; ++i) {
        wide += "a\t";
    }
    check_why(wide, "is not a row");
    check_why("cf\tcapi/1\t" + jammy + "/1\t-\t\n" + wide, "has 16 cells where the table has 4");
    CHECK(failure_of("cf\tcapi/1\n").advice().find("--json") != std::string::npos);
}
