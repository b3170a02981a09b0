// A file by which processes of this machine stand in line.
//
// A ticket is a locked byte of the file, and its number the byte's offset. The kernel unlocks it
// when the last process that has the descriptor open has ended, however it ended: nothing that is
// written decides anything. What the file holds is for people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "system/descriptor.h"

namespace upkeep {

using Ticket = std::int64_t;

// Where such files lie unless something else is asked for: the same for every user of the machine.
std::string shared_folder();

// The number of who comes next: above every one that is held (ascending), so that it ranks last.
Ticket next_ticket(const std::vector<Ticket>& held);

class TicketFile {
  public:
    // Makes it if it is not there, for every user of the machine. Throws Failure where it cannot be
    // opened, is no file, or lies where locks do not hold what they promise.
    explicit TicketFile(std::string path);

    const std::string& path() const { return path_; }
    // False once it was removed, or another was put in its place.
    bool is_in_place() const;

    // Of the right to take a ticket and to write, which one process has for a moment.
    bool try_lock();
    void unlock();
    // That has it now, where it can be told.
    std::optional<int> process_that_locks() const;

    // The next. With the lock; once.
    Ticket take();
    // The descriptor that holds the ticket: for as long as any process has it open.
    int holder() const { return holder_.get(); }

    bool is_held(Ticket ticket) const;
    // Ascending; with one's own.
    std::vector<Ticket> held() const;

    // At most so much of it; nothing where it cannot be read or is larger.
    std::optional<std::string> read(std::size_t limit) const;
    // With the lock. False where there is no room: then it is empty.
    bool write(const std::string& text);

  private:
    std::string path_;
    Descriptor asker_;   // holds the lock, and asks for those of others
    Descriptor holder_;  // a description of its own: locks of one never stand in its own way
};

}  // namespace upkeep
