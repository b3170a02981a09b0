// The deployments from JSON, in either of its two forms.
#pragma once

#include <string>
#include <vector>

#include "bosh/deployment.h"
#include "core/json.h"

namespace upkeep::bosh {

// The director's GET /deployments:
//   [{"name": "cf", "stemcells": [{"name": "...", "version": "1.404"}], "locked": false, ...}]
// The output of bosh deployments --json (since bosh 2.0.2 of 2017), or of bosh deployment --json:
//   {"Tables": [{"Content": "deployments", "Header": {"name": "Name", "stemcell_s": ...},
//                "Rows": [{"name": "cf", "stemcell_s": "NAME/VERSION\nNAME/VERSION"}]}], "Lines":
//                [...]}
// Keys that are not needed may be absent or hold anything. Throws Failure(doing, ...) otherwise,
// with `advice` for what is no list of deployments.
std::vector<Deployment> parse_deployments_json(const json::value& value, const std::string& doing,
                                               const std::string& advice);

}  // namespace upkeep::bosh
