// The indexes behind bosh.io: checkouts of cloudfoundry/bosh-io-stemcells-core-index (regular
// stemcells), of -cpi-index (light ones of AWS and Google) and of -windows-index. In all of them,
// what was published is in published/OS/VERSION/*.meta4; dev/ and candidate*/ hold what never was.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bosh/published.h"
#include "core/moment.h"
#include "core/semi_semantic.h"

namespace upkeep::bosh {

struct IndexedStemcell {
    std::string name;  // as bosh.io has it: "bosh-" and the end of the file's name
    SemiSemanticVersion version;
    bool light = false;
    bool china = false;               // an AWS light one for China, as the old indexes have them
    std::optional<Moment> published;  // missing before 2019
};

// One metalink file (RFC 5854). What it lists that is no stemcell is passed over, as bosh.io does.
// Throws Failure("reading the published stemcells from <place>", ...) for XML that is not
// well-formed, has a DOCTYPE or is no metalink, and for a stemcell without a version that BOSH
// reads or with a wrong date.
std::vector<IndexedStemcell> parse_meta4(std::string_view text, const std::string& place);

// By the path relative to the folder that was given: the checkout, one that holds several
// checkouts, or "published" itself. Whether the file lists what was published (whichever operating
// system it is of).
bool is_index_file(std::string_view path);
// Whether such files may lie below the folder; not so for .git, dev and candidate, with 50,000
// files.
bool may_hold_index_files(std::string_view folder);

// Reads the files of the wanted lines, and only those.
class IndexReader {
  public:
    explicit IndexReader(std::set<std::string> lines) : wanted_(std::move(lines)) {}

    // Whether the file may hold a wanted line.
    bool wants(std::string_view path) const;
    // Throws as parse_meta4.
    void add(std::string_view text, const std::string& place);
    // All lines of the files that were added, so also some that were not wanted.
    PublishedLines take_lines();

  private:
    std::set<std::string> wanted_;
    PublishedLines lines_;
};

}  // namespace upkeep::bosh
