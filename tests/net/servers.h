// The stand-in within the unit tests: servers in a thread, until it is destroyed.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/standin/listener.h"
#include "tests/temporary_folder.h"

class Servers {
  public:
    explicit Servers(std::vector<standin::Server> servers)
        : standin_(io_, {std::move(servers), "", folder_.path()}),
          ready_(boost::json::parse(standin_.ready_line())),
          thread_([this] { io_.run(); }) {}
    Servers(const Servers&) = delete;
    Servers& operator=(const Servers&) = delete;
    ~Servers() {
        io_.stop();
        thread_.join();
    }

    std::string url(const std::string& name) const {
        return std::string(ready_.at("servers").at(name).at("url").as_string());
    }
    const std::string& folder() const { return folder_.path(); }
    std::string ca() const { return content("ca_file"); }
    std::string other_ca() const { return content("other_ca_file"); }

  private:
    std::string content(const char* key) const {
        std::ifstream file(std::string(ready_.at(key).as_string()));
        return {std::istreambuf_iterator<char>(file), {}};
    }

    TemporaryFolder folder_;
    boost::asio::io_context io_{1};
    standin::Standin standin_;
    boost::json::value ready_;
    std::thread thread_;
};
