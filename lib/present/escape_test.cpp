#include "present/escape.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/samples.h"

using namespace upkeep;
using namespace upkeep::present;

TEST_CASE("HTML: nothing can leave its element or its quotes") {
    CHECK(html_text("<b> & \"quotes\" 'too'") ==
          "&lt;b&gt; &amp; &quot;quotes&quot; &#39;too&#39;");
    CHECK(html_text("&lt;") == "&amp;lt;");
    CHECK(html_text("a\nb\x1b[31m") == "a\\nb\\x1b[31m");
    for (const std::string& text : samples::hostile_texts()) {
        CHECK(html_attribute(text).find_first_of("<>\"'\n") == std::string::npos);
        CHECK(html_text(text).find_first_of("<>\"'\n") == std::string::npos);
    }
}

TEST_CASE("Markdown: what could be markup is not") {
    CHECK(markdown_text("<script>") == "&lt;script>");
    CHECK(markdown_text("a|b\\|c") == "a&#124;b&#92;&#124;c");
    CHECK(markdown_text("*bold* `code` ~~gone~~ [a](b)") ==
          "\\*bold\\* \\`code\\` \\~\\~gone\\~\\~ \\[a\\](b)");
    CHECK(markdown_text("_it_ and go_agent") == "\\_it\\_ and go_agent");
    CHECK(markdown_text("&lt;") == "&amp;lt;");
    CHECK(markdown_text("$x^2$") == "&#36;x^2&#36;");
    CHECK(markdown_text("a\nb") == "a&#92;nb");
}

TEST_CASE("Markdown: nothing begins a block") {
    CHECK(markdown_text("# heading") == "\\# heading");
    CHECK(markdown_text("## heading") == "\\## heading");
    CHECK(markdown_text("- item") == "\\- item");
    CHECK(markdown_text("+ item") == "\\+ item");
    CHECK(markdown_text("1. item") == "1\\. item");
    CHECK(markdown_text("1) item") == "1\\) item");
    CHECK(markdown_text("> quote") == "\\> quote");
    CHECK(markdown_text("---") == "\\---");
    CHECK(markdown_text("===") == "\\===");
    CHECK(markdown_text("    code").starts_with("&#32;"));
}

TEST_CASE("Markdown: nobody is notified, nothing links itself") {
    CHECK(markdown_text("@all") == "@&#8203;all");
    CHECK(markdown_text("a@b.example") == "a@&#8203;b.example");
    CHECK(markdown_text("see #12 and !3") == "see #&#8203;12 and !&#8203;3");
    CHECK(markdown_text("https://a.example www.a.example") ==
          "https&#58;//a.example www&#46;a.example");
}

TEST_CASE("Markdown: ordinary text stays readable as it is") {
    const std::string text =
        "bosh-aws-xen-hvm-ubuntu-jammy-go_agent 1.1200 -> 1.1364, 12 versions (34 days) behind: #x";
    CHECK(markdown_text(text) == text);
    CHECK(markdown_text("1.1200 is old") == "1.1200 is old");
}

TEST_CASE("Markdown: a code span holds what it can hold") {
    CHECK(markdown_code("cf-staging") == "`cf-staging`");
    CHECK(markdown_code("*@all*") == "`*@all*`");
    CHECK(markdown_code("a`b") == "a\\`b");
    CHECK(markdown_code("a|b") == "a&#124;b");
    CHECK(markdown_code("a\\") == "a&#92;");
    CHECK(markdown_code(" a") == "&#32;a");
    CHECK(markdown_code("").empty());
}

TEST_CASE("a link leads to http or https, or is none") {
    CHECK(link_address("https://bosh.io/stemcells?x=1&y=2#z") ==
          "https://bosh.io/stemcells?x=1&y=2#z");
    CHECK(link_address("HTTP://bosh.io") == "HTTP://bosh.io");
    for (const std::string& url :
         {std::string("javascript:alert(1)"), std::string("data:text/html,x"),
          std::string("javascript://a.example/%0ax=1"), std::string("ftp://a.example"),
          std::string("//bosh.io"), std::string("https:bosh.io"), std::string("https:///path"),
          std::string(" https://bosh.io"), std::string("https://bosh.io/ x"),
          std::string("https://bosh.io/\"x"), std::string("https://bosh.io/)x"),
          std::string("https://bosh.io/\n"), std::string("java\nscript:alert(1)"),
          std::string("https://\xC3\xBC.example"), std::string(""),
          "https://" + std::string(3'000, 'x')}) {
        INFO(url);
        CHECK(link_address(url).empty());
    }
}

TEST_CASE("what people read has a length that they can read") {
    const std::string text(10'000, 'x');
    CHECK(html_name(text).size() < 210);
    CHECK(html_text(text).size() < 1'010);
    CHECK(markdown_name(text).size() < 210);
    CHECK(markdown_text(text).size() < 1'010);
    CHECK(markdown_code(text).size() < 210);
}
