// SPDX-License-Identifier: MIT
//
// A transcript as it stands in Markdown: a heading, what it is about, and blocks whose first line says what they are.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace transcripts {

using field = std::pair<std::string, std::string>;

struct block {
    std::string kind;
    std::string text;   // without the line break at its end
};

struct transcript {
    std::string place;   // file and heading
    std::vector<block> blocks{};

    /// The texts of all blocks of a kind.
    [[nodiscard]] std::vector<std::string> all(std::string_view kind) const {
        std::vector<std::string> found;
        for (const block& each : blocks) {
            if (each.kind == kind) found.push_back(each.text);
        }
        return found;
    }
    /// Of the only block of a kind; nothing if there is none.
    [[nodiscard]] std::string only(std::string_view kind) const {
        const auto found = all(kind);
        CHECK_MESSAGE(found.size() <= 1, "more than one ", std::string(kind));
        return found.empty() ? std::string() : found.front();
    }
};

inline std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return lines;
}

/// `name: value`, one a line.
inline std::vector<field> fields_of(std::string_view text) {
    std::vector<field> fields;
    for (const std::string& line : lines_of(text)) {
        const std::size_t colon = line.find(": ");
        CHECK_MESSAGE(colon != std::string::npos, "no colon in: ", line);
        if (colon != std::string::npos) fields.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    }
    return fields;
}

inline std::string replaced(std::string text, std::string_view what, std::string_view with) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) {
        text.replace(at, what.size(), with);
    }
    return text;
}

/// Every transcript of a file. One has a heading of the second order, and at least one block.
inline std::vector<transcript> read_file(const std::filesystem::path& path) {
    std::vector<transcript> found;
    std::ifstream file(path);
    CHECK(file.is_open());
    bool inside = false;
    for (std::string line; std::getline(file, line);) {
        if (line.rfind("```", 0) == 0) {
            inside = !inside;
            CHECK_MESSAGE(!found.empty(), "a block before the first heading");
            if (inside && !found.empty()) found.back().blocks.push_back({line.substr(3), {}});
        } else if (inside && !found.empty()) {
            std::string& text = found.back().blocks.back().text;
            text += (text.empty() ? "" : "\n") + line;
        } else if (line.rfind("## ", 0) == 0) {
            found.push_back({path.filename().string() + ": " + line.substr(3)});
        }
    }
    CHECK_MESSAGE(!inside, path.string(), ": a block that does not end");
    return found;
}

}  // namespace transcripts
