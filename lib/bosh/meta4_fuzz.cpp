// Anything as a file of the index: a Failure or stemcells whose names, written again, are read as
// themselves.
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "bosh/published_index.h"
#include "core/failure.h"

namespace {

using upkeep::bosh::IndexedStemcell;
using upkeep::bosh::parse_meta4;

void require(bool holds, const char* what) {
    if (!holds) {
        throw std::logic_error(what);
    }
}

std::string escaped(const std::string& text) {
    std::string result;
    for (const char c : text) {
        if (c == '<') {
            result += "&lt;";
        } else if (c == '&') {
            result += "&amp;";
        } else if (c == '"' || (c >= '\0' && c < ' ')) {
            result += "&#" + std::to_string(static_cast<int>(c)) + ";";
        } else {
            result += c;
        }
    }
    return result;
}

std::string written(const std::vector<IndexedStemcell>& stemcells) {
    std::string text = "<metalink xmlns=\"urn:ietf:params:xml:ns:metalink\">";
    for (const IndexedStemcell& stemcell : stemcells) {
        const std::string flavor = stemcell.china   ? "light-china-bosh"
                                   : stemcell.light ? "light-bosh"
                                                    : "bosh";
        text += "<file name=\"" + flavor + "-stemcell-" + stemcell.version.text() + "-" +
                escaped(stemcell.name.substr(5)) + ".tgz\"/>";
    }
    return text + "</metalink>";
}

void check(const std::vector<IndexedStemcell>& stemcells) {
    const std::vector<IndexedStemcell> again = parse_meta4(written(stemcells), "again");
    require(again.size() == stemcells.size(), "as many stemcells");
    for (std::size_t i = 0; i < again.size(); ++i) {
        require(stemcells[i].name.size() > 5 && again[i].name == stemcells[i].name,
                "the same names");
        require(again[i].version.text() == stemcells[i].version.text(), "the same versions");
        require(again[i].light == (stemcells[i].light || stemcells[i].china), "as light");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    std::vector<IndexedStemcell> stemcells;
    try {
        stemcells = parse_meta4(text, "it");
    } catch (const upkeep::Failure& failure) {
        require(!failure.why().empty(), "a failure says why");
    }
    try {
        check(stemcells);
    } catch (const upkeep::Failure& failure) {
        throw std::logic_error(failure.what());
    }
    return 0;
}
