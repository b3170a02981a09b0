#include "present/ink.h"

namespace upkeep::present {

std::string_view ink_code(Ink ink) {
    switch (ink) {
        case Ink::plain:
            return "";
        case Ink::strong:
            return "\x1b[1m";
        case Ink::faint:
            return "\x1b[2m";
        case Ink::alarm:
        case Ink::critical:
            return "\x1b[1;31m";
        case Ink::good:
            return "\x1b[32m";
        case Ink::high:
            return "\x1b[31m";
        case Ink::medium:
            return "\x1b[33m";
        case Ink::low:
            return "\x1b[36m";
    }
    return "";
}

Ink ink_of(Severity severity) {
    switch (severity) {
        case Severity::critical:
            return Ink::critical;
        case Severity::high:
            return Ink::high;
        case Severity::medium:
            return Ink::medium;
        case Severity::low:
            return Ink::low;
        case Severity::info:
            return Ink::plain;
    }
    return Ink::plain;
}

std::string inked(Ink ink, std::string_view text, bool colour) {
    if (!colour || ink == Ink::plain || text.empty()) {
        return std::string(text);
    }
    return std::string(ink_code(ink)).append(text).append(ink_end);
}

}  // namespace upkeep::present
