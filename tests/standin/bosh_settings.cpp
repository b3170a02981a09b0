#include "bosh_settings.h"

#include "readers.h"

namespace standin {
namespace {

namespace json = boost::json;

Reader array(json::array& target) {
    return [&target](const json::value& value) { target = value.as_array(); };
}

DirectorUser parse_director_user(const json::value& value, const std::string& place) {
    DirectorUser user;
    read_object(value, place, {{"password", text(user.password)}, {"scopes", texts(user.scopes)}});
    return user;
}

Deployment parse_deployment(const json::value& value, const std::string& place) {
    Deployment deployment;
    read_object(value, place,
                {
                    {"name", text(deployment.name)},
                    {"stemcells", array(deployment.stemcells)},
                    {"locked", truth(deployment.locked)},
                    {"teams", texts(deployment.teams)},
                    {"manifest", text(deployment.manifest)},
                    {"vms", array(deployment.vms)},
                });
    return deployment;
}

Task parse_task(const json::value& value, const std::string& place) {
    Task task;
    read_object(value, place,
                {
                    {"polls", number(task.polls)},
                    {"state", text(task.state)},
                    {"result", text(task.result)},
                    {"events", text(task.events)},
                    {"location", text(task.location)},
                });
    return task;
}

UaaClient parse_client(const json::value& value, const std::string& place) {
    UaaClient client;
    read_object(value, place,
                {
                    {"secret", text(client.secret)},
                    {"scopes", texts(client.scopes)},
                    {"grants", texts(client.grants)},
                });
    return client;
}

UaaUser parse_user(const json::value& value, const std::string& place) {
    UaaUser user;
    read_object(value, place,
                {{"password", text(user.password)},
                 {"scopes", texts(user.scopes)},
                 {"refresh_token", text(user.refresh_token)}});
    return user;
}

}  // namespace

DirectorSettings parse_director(const json::value& value, const std::string& place) {
    DirectorSettings director;
    read_object(value, place,
                {
                    {"name", text(director.name)},
                    {"uuid", text(director.uuid)},
                    {"version", text(director.version)},
                    {"cpi", text(director.cpi)},
                    {"stemcell_os", text(director.stemcell_os)},
                    {"stemcell_version", text(director.stemcell_version)},
                    {"uaa", text(director.uaa)},
                    {"users", map_of(director.users, place + ".users", parse_director_user)},
                    {"deployments",
                     list_of(director.deployments, place + ".deployments", parse_deployment)},
                    {"cpis", number(director.cpis)},
                    {"task",
                     [&](const json::value& member) {
                         director.task = parse_task(member, place + ".task");
                     }},
                });
    if (!director.uaa.empty() && !director.users.empty()) {
        refuse(place, "has a uaa and users of its own: a director has one of the two");
    }
    return director;
}

UaaSettings parse_uaa(const json::value& value, const std::string& place) {
    UaaSettings uaa;
    uaa.clients["bosh_cli"] = {"", {}, {"password", "refresh_token"}};
    read_object(value, place,
                {
                    {"clients", map_of(uaa.clients, place + ".clients", parse_client)},
                    {"users", map_of(uaa.users, place + ".users", parse_user)},
                    {"token_uses", number(uaa.token_uses)},
                    {"refresh_uses", number(uaa.refresh_uses)},
                    {"token_type", text(uaa.token_type)},
                    {"refusal", text(uaa.refusal)},
                    {"decodes_basic", truth(uaa.decodes_basic)},
                });
    return uaa;
}

}  // namespace standin
