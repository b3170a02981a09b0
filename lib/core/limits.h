// Every limit on what comes from outside, in one place.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace upkeep::limits {

inline constexpr std::size_t none = SIZE_MAX;

inline constexpr std::size_t request_bytes = 1U << 20U;  // what Concourse hands in on stdin
inline constexpr std::size_t source_bytes = 1U << 20U;   // a --source file
inline constexpr std::size_t document_bytes = 64U
                                              << 20U;  // a list or table: file, stdin or HTTP body
inline constexpr std::size_t table_rows = 1'000'000;   // of a table of deployments
inline constexpr std::size_t depth = 32;               // nesting of JSON and YAML
inline constexpr std::size_t json_values = 4'000'000;  // kept of one document: 100 MB
inline constexpr std::size_t yaml_nodes = 100'000;     // after aliases are followed
inline constexpr std::size_t folder_files = 10'000;    // files of a folder of published lists
inline constexpr std::size_t rules = 1'000;            // entries of one list in a source
inline constexpr std::size_t certificates_bytes = 4U << 20U;  // a bundle of authorities
inline constexpr std::size_t header_bytes = 64U << 10U;       // of an answer and its redirects
inline constexpr int redirects = 5;
inline constexpr int transfers_at_once = 8;                // of one look
inline constexpr int connections_at_once = 16;             // of the program
inline constexpr std::size_t waiting_bytes = 256U << 10U;  // received, not yet consumed

inline constexpr std::chrono::seconds connect_time{10};
inline constexpr std::chrono::seconds silence_time{20};   // without a byte
inline constexpr std::chrono::hours longest_timeout{1};   // that a source may ask for
inline constexpr std::chrono::seconds transfer_time{60};  // one try, from start to end
inline constexpr std::chrono::minutes task_time{10};      // all tasks of a director, of one look

}  // namespace upkeep::limits
