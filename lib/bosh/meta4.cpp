// parse_meta4 of published_index.h. An entry reads:
//   <metalink xmlns="urn:ietf:params:xml:ns:metalink">
//     <file name="light-bosh-stemcell-1.943-aws-xen-hvm-ubuntu-jammy-go_agent.tgz">...</file>
//     <published>2025-10-24T19:24:33.152560721Z</published>
//   </metalink>
// bosh.io takes name and version from the file's name alone (its
// stemcell/stemsrepo/s3_stemcell.go), so does this; <version> says the same in all 9,000 entries.

#include <expat.h>

#include <algorithm>
#include <exception>
#include <limits>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "bosh/published_index.h"
#include "core/failure.h"
#include "core/limits.h"

namespace upkeep::bosh {

namespace {

constexpr const char* advice = "Check the copy of the index, or leave the file out.";
constexpr char between_namespace_and_name = '|';
constexpr std::string_view root_element = "urn:ietf:params:xml:ns:metalink|metalink";
constexpr std::string_view file_element = "urn:ietf:params:xml:ns:metalink|file";
constexpr std::string_view published_element = "urn:ietf:params:xml:ns:metalink|published";
constexpr std::size_t longest_date = 64;

// "light-bosh-stemcell-1.943-aws-xen-hvm-ubuntu-jammy-go_agent.tgz" is the flavor "light-bosh", the
// version and the name but for its "bosh-".
struct FileName {
    std::string_view flavor;
    std::string_view version;
    std::string_view rest;
};

std::optional<FileName> split_file_name(std::string_view name) {
    constexpr std::string_view middle = "-stemcell-";
    constexpr std::string_view suffix = ".tgz";
    name.remove_prefix(name.rfind('/') == std::string_view::npos ? 0 : name.rfind('/') + 1);
    const std::size_t found = name.find(middle);
    if (found == std::string_view::npos || name.size() < found + middle.size() + suffix.size() ||
        name.substr(name.size() - suffix.size()) != suffix) {
        return std::nullopt;
    }
    const std::string_view flavor = name.substr(0, found);
    name.remove_suffix(suffix.size());
    name.remove_prefix(found + middle.size());
    const std::size_t hyphen = std::min(name.find('-'), name.size());
    return FileName{flavor, name.substr(0, hyphen), name.substr(std::min(hyphen + 1, name.size()))};
}

// Expat is C: no exception may pass through it. What is thrown within a handler is kept, and thrown
// again when expat has returned.
class Meta4Reader {
  public:
    explicit Meta4Reader(const std::string& place)
        : doing_("reading the published stemcells from " + place),
          parser_(XML_ParserCreateNS(nullptr, between_namespace_and_name)) {
        if (!parser_) {
            throw std::bad_alloc();
        }
        XML_SetUserData(parser_.get(), this);
        XML_SetElementHandler(parser_.get(), on_start, on_end);
        XML_SetCharacterDataHandler(parser_.get(), on_text);
        XML_SetStartDoctypeDeclHandler(parser_.get(), on_doctype);
    }

    std::vector<IndexedStemcell> read(std::string_view text);

  private:
    struct Free {
        void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
    };

    template <typename Handle>
    static void guarded(void* user, Handle handle) noexcept {
        auto& self = *static_cast<Meta4Reader*>(user);
        try {
            if (!self.thrown_) {
                handle(self);
            }
        } catch (...) {
            self.thrown_ = std::current_exception();
            XML_StopParser(self.parser_.get(), XML_FALSE);
        }
    }

    static void on_start(void* user, const XML_Char* name, const XML_Char** attributes) {
        guarded(user, [&](Meta4Reader& self) { self.start(name, attributes); });
    }
    static void on_end(void* user, const XML_Char* name) {
        guarded(user, [&](Meta4Reader& self) { self.end(name); });
    }
    static void on_text(void* user, const XML_Char* text, int size) {
        guarded(user, [&](Meta4Reader& self) {
            self.text({text, static_cast<std::size_t>(size)});
        });
    }
    static void on_doctype(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
        guarded(user,
                [](Meta4Reader& self) { throw self.wrong("has a DOCTYPE, which is refused"); });
    }

    void start(std::string_view name, const XML_Char** attributes);
    void end(std::string_view name);
    void text(std::string_view text);
    void add_file(const XML_Char** attributes);
    Failure wrong(const std::string& why) const;

    std::string doing_;
    std::unique_ptr<std::remove_pointer_t<XML_Parser>, Free> parser_;
    std::exception_ptr thrown_;
    std::size_t depth_ = 0;
    bool in_date_ = false;
    std::string date_;
    std::optional<Moment> published_;
    std::vector<IndexedStemcell> stemcells_;
};

Failure Meta4Reader::wrong(const std::string& why) const {
    return Failure(doing_,
                   "line " + std::to_string(XML_GetCurrentLineNumber(parser_.get())) + " " + why,
                   advice);
}

std::vector<IndexedStemcell> Meta4Reader::read(std::string_view text) {
    if (text.size() > limits::document_bytes) {
        throw Failure(doing_,
                      "it is larger than " + std::to_string(limits::document_bytes) + " bytes");
    }
    const XML_Status status =
        XML_Parse(parser_.get(), text.data(), static_cast<int>(text.size()), XML_TRUE);
    if (thrown_) {
        std::rethrow_exception(thrown_);
    }
    if (status != XML_STATUS_OK) {
        const XML_Error error = XML_GetErrorCode(parser_.get());
        if (error == XML_ERROR_NO_MEMORY) {
            throw std::bad_alloc();
        }
        throw wrong(std::string("is not well-formed XML (") + XML_ErrorString(error) + ")");
    }
    for (IndexedStemcell& stemcell : stemcells_) {
        stemcell.published = published_;
    }
    return std::move(stemcells_);
}

void Meta4Reader::start(std::string_view name, const XML_Char** attributes) {
    ++depth_;
    if (depth_ > limits::depth) {
        throw wrong("is nested deeper than " + std::to_string(limits::depth) + " levels");
    }
    if (depth_ == 1 && name != root_element) {
        throw wrong("does not begin a metalink");
    }
    if (depth_ == 2 && name == file_element) {
        add_file(attributes);
    }
    in_date_ = depth_ == 2 && name == published_element;
}

void Meta4Reader::add_file(const XML_Char** attributes) {
    std::string_view name;
    for (; *attributes != nullptr; attributes += 2) {
        if (std::string_view(attributes[0]) == "name") {
            name = attributes[1];
        }
    }
    const std::optional<FileName> parts = split_file_name(name);
    if (!parts) {
        return;
    }
    const std::optional<SemiSemanticVersion> version = SemiSemanticVersion::parse(parts->version);
    if (!version || parts->rest.empty()) {
        throw wrong("names a stemcell without a version that BOSH reads, or without a name: " +
                    std::string(name));
    }
    constexpr std::string_view light = "light-";
    stemcells_.push_back({"bosh-" + std::string(parts->rest), *version,
                          parts->flavor.substr(0, light.size()) == light,
                          parts->flavor.find("-china-") != std::string_view::npos, std::nullopt});
}

void Meta4Reader::text(std::string_view text) {
    if (in_date_) {
        date_.append(text.substr(0, longest_date + 1 - std::min(date_.size(), longest_date + 1)));
    }
}

void Meta4Reader::end(std::string_view) {
    if (in_date_ && depth_ == 2) {
        published_ = parse_moment(date_);
        if (!published_) {
            throw wrong("has a date that is none: " + date_);
        }
        date_.clear();
    }
    in_date_ = false;
    --depth_;
}

}  // namespace

std::vector<IndexedStemcell> parse_meta4(std::string_view text, const std::string& place) {
    return Meta4Reader(place).read(text);
}

}  // namespace upkeep::bosh
