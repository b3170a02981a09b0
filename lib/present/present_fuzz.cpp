// A report made of arbitrary bytes, in every format: nothing in it may act, and every format stays
// what it is. The input is cut into texts at each byte 0xff, which UTF-8 does not know; they fill
// the fields in turn.

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/report.h"
#include "core/text.h"
#include "present/document.h"
#include "present/html.h"
#include "present/markdown.h"
#include "present/table.h"
#include "tests/well_formed.h"

using namespace upkeep;

namespace {

class Texts {
  public:
    explicit Texts(std::string_view input) {
        for (;;) {
            const std::size_t end = input.find('\xff');
            texts_.emplace_back(input.substr(0, end));
            if (end == std::string_view::npos) {
                return;
            }
            input.remove_prefix(end + 1);
        }
    }
    std::string next() { return texts_[at_++ % texts_.size()]; }
    std::size_t number() { return next().size(); }

  private:
    std::vector<std::string> texts_;
    std::size_t at_ = 0;
};

Finding finding_of(Texts& texts) {
    Finding finding;
    finding.id = texts.next();
    finding.kind = texts.next();
    finding.rule = texts.next();
    finding.environment = texts.next();
    finding.subject = texts.next();
    finding.severity = static_cast<Severity>(texts.number() % 5);
    finding.summary = texts.next();
    finding.details = {{texts.next(), texts.next()}};
    finding.advice = texts.next();
    finding.links = {{texts.next(), texts.next()}, {texts.next(), "https://" + texts.next()}};
    finding.runbook = texts.next();
    finding.job = texts.next();
    if (texts.number() % 2 == 0) {
        finding.magnitude = Magnitude{static_cast<std::int64_t>(texts.number()) - 1, texts.next()};
    }
    return finding;
}

Report report_of(Texts& texts) {
    Report report;
    for (std::size_t count = texts.number() % 4; count > 0; --count) {
        report.findings.push_back(finding_of(texts));
        report.coverage.push_back({texts.next(),
                                   texts.next(),
                                   {texts.next(), texts.next()},
                                   texts.next(),
                                   texts.next(),
                                   texts.next(),
                                   static_cast<std::int64_t>(texts.number()),
                                   texts.next()});
        report.ignored.push_back({finding_of(texts), texts.next(), std::nullopt});
        report.notices.push_back(texts.next());
        report.resolved.push_back(texts.next());
    }
    return report;
}

void require(const std::string& wrong) {
    if (!wrong.empty()) {
        throw std::logic_error(printable(wrong));
    }
}

template <typename Shown>
void check_table(const Shown& shown) {
    for (const std::size_t width : {0U, 20U, 47U, 80U}) {
        const std::string plain = present::table(shown, {width, false});
        require(wrong_with_text(plain));
        require(width == 0 ? "" : wrong_with_width(plain, width));
        require(wrong_with_colours(present::table(shown, {width, true}), plain));
    }
}

void check_document(const Report& report, const json::value& document) {
    const json::value& findings = document.at("findings");
    const bool as_many = findings.is_null() ? report.findings.empty()
                                            : findings.get_array().size() == report.findings.size();
    require(as_many ? "" : "findings are lost in the JSON");
    for (std::size_t i = 0; i < report.findings.size(); ++i) {
        if (findings.get_array()[i] != present::to_json(report.findings[i])) {
            require("a finding of the JSON is read back as something else");
        }
    }
}

void check_document(const present::NotLooked& not_looked, const json::value& document) {
    require(document.at("reason") == json::value(valid_utf8(not_looked.reason))
                ? ""
                : "the JSON is read back as something else");
}

template <typename Shown>
void check(const Shown& shown, const std::string& title) {
    check_table(shown);
    require(wrong_with_markdown(present::markdown(shown)));
    require(wrong_with_html(present::html(shown, title)));
    std::string document;
    present::write_json(shown, [&](std::string_view piece) { document += piece; });
    require(wrong_with_text(document));
    check_document(shown, parse_json(document, "reading it back"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string input(data, data + size);
    if (printable(printable(input)) != printable(input)) {
        require("printable() of a printable text is another");
    }
    Texts texts(input);
    const Report report = report_of(texts);
    require(wrong_with_text(present::summary_line(report)));
    check(report, texts.next());
    check(present::NotLooked{{}, texts.next(), texts.next(), texts.next(), 1, texts.next()},
          texts.next());
    return 0;
}
