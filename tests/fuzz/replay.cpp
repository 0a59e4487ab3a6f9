// SPDX-License-Identifier: MIT
//
// Replays seeds and found cases as an ordinary test, each whole and cut at every byte.
//
//   replay tests/fuzz [harness...]
#include "fuzz.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <vector>

namespace {

namespace fs = std::filesystem;

/// Cut at every byte, and the last of what was tried is where it went wrong.
std::size_t replay(const fuzzing::harness& harness, const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    const std::vector<char> content((std::istreambuf_iterator<char>(in)), {});
    for (std::size_t size = 0; size <= content.size(); ++size) {
        const std::vector<std::uint8_t> input(content.begin(), content.begin() + static_cast<std::ptrdiff_t>(size));
        harness.fuzz(input);
    }
    return content.size() + 1;
}

bool replay_all(const fuzzing::harness& harness, const fs::path& root) {
    std::size_t files = 0;
    std::size_t inputs = 0;
    for (const char* folder : {"seeds", "found"}) {
        const fs::path cases = root / folder / harness.name;
        if (!fs::exists(cases)) continue;
        for (const auto& entry : fs::directory_iterator(cases)) {
            std::fprintf(stderr, "%s\n", entry.path().c_str());      // ctest shows it only after a failure
            inputs += replay(harness, entry.path());
            ++files;
        }
    }
    std::printf("%-24s %4zu files %7zu inputs\n", harness.name, files, inputs);
    return files != 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    const fs::path root = argv[1];
    const std::set<std::string> chosen(argv + 2, argv + argc);
    std::set<std::string> known;
    bool complete = true;
    for (const auto* each = fuzzing::harness::first; each != nullptr; each = each->next) {
        known.insert(each->name);
        if (!chosen.empty() && !chosen.contains(each->name)) continue;
        if (replay_all(*each, root)) continue;
        std::fprintf(stderr, "%s has no seeds\n", each->name);
        complete = false;
    }
    for (const char* folder : {"seeds", "found"}) {
        if (!fs::exists(root / folder)) continue;
        for (const auto& entry : fs::directory_iterator(root / folder)) {
            if (known.contains(entry.path().filename().string())) continue;
            std::fprintf(stderr, "%s has no harness\n", entry.path().c_str());
            complete = false;
        }
    }
    return complete ? 0 : 1;
}
