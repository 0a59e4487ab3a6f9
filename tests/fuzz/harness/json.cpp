// SPDX-License-Identifier: MIT
//
// JSON is accepted exactly where nlohmann/json and RapidJSON accept it, and reads the same, under these rules, which
// the peers do not have by themselves:
//   - the text is one object; what stands behind it, a NUL byte too (at which both stop), is refused;
//   - no two members of one object have the same name, once escapes are undone;
//   - at most 32 levels (1 MiB and the room for members are not reached here);
//   - one byte order mark in front is passed over (RapidJSON is given the text without);
//   - half a surrogate pair is refused (RapidJSON lets `\udc00` pass; it is seen in what comes out);
//   - a number is judged by its grammar (both refuse what no double holds; a text with such a number is not compared).
#include "../fuzz.hpp"

#include <nlohmann/json.hpp>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <array>
#include <set>
#include <vector>

namespace fuzzing::json {

struct member {
    std::string name;
    oauthpp::json_type type;
    std::string text;      // of a string, undone; of an array, nothing
    std::size_t size;      // of an array
    friend bool operator==(const member&, const member&) = default;
};

/// The rules above, and the members of the outermost object.
class rules {
 public:
    std::vector<member> members{};
    bool too_large_number = false;

    bool open(oauthpp::json_type type) {
        if (levels_.empty() && type != oauthpp::json_type::object) return false;
        note(type, {});
        levels_.push_back({});
        return levels_.size() <= oauthpp::json_object::max_depth;
    }
    bool close() {
        levels_.pop_back();
        return true;
    }
    bool name(std::string text) {
        if (levels_.size() == 1) members.push_back({text, {}, {}, 0});
        return is_utf8(text) && levels_.back().insert(std::move(text)).second;
    }
    bool scalar(oauthpp::json_type type, std::string text = {}) {
        const bool good = !levels_.empty() && is_utf8(text);
        note(type, std::move(text));
        return good;
    }

 private:
    static bool is_utf8(std::string_view text) { return oauthpp::utf8_error(text) == text.size(); }

    void note(oauthpp::json_type type, std::string text) {
        if (levels_.size() == 1) {
            members.back().type = type;
            members.back().text = std::move(text);
        } else if (levels_.size() == 2 && members.back().type == oauthpp::json_type::array) {
            ++members.back().size;
        }
    }

    std::vector<std::set<std::string>> levels_{};
};

struct nlohmann_rules : rules {
    using json = nlohmann::json;
    bool null() { return scalar(oauthpp::json_type::null); }
    bool boolean(bool) { return scalar(oauthpp::json_type::boolean); }
    bool number_integer(json::number_integer_t) { return scalar(oauthpp::json_type::number); }
    bool number_unsigned(json::number_unsigned_t) { return scalar(oauthpp::json_type::number); }
    bool number_float(json::number_float_t, const std::string&) { return scalar(oauthpp::json_type::number); }
    bool string(std::string& text) { return scalar(oauthpp::json_type::string, text); }
    bool binary(json::binary_t&) { return false; }
    bool start_object(std::size_t) { return open(oauthpp::json_type::object); }
    bool end_object() { return close(); }
    bool start_array(std::size_t) { return open(oauthpp::json_type::array); }
    bool end_array() { return close(); }
    bool key(std::string& text) { return name(text); }
    bool parse_error(std::size_t, const std::string&, const json::exception& why) {
        too_large_number = why.id == 406;
        return false;
    }
};

struct rapidjson_rules : rules {
    bool Null() { return scalar(oauthpp::json_type::null); }
    bool Bool(bool) { return scalar(oauthpp::json_type::boolean); }
    bool Int(int) { return false; }
    bool Uint(unsigned) { return false; }
    bool Int64(std::int64_t) { return false; }
    bool Uint64(std::uint64_t) { return false; }
    bool Double(double) { return false; }
    bool RawNumber(const char*, rapidjson::SizeType, bool) { return scalar(oauthpp::json_type::number); }
    bool String(const char* text, rapidjson::SizeType size, bool) {
        return scalar(oauthpp::json_type::string, {text, size});
    }
    bool StartObject() { return open(oauthpp::json_type::object); }
    bool Key(const char* text, rapidjson::SizeType size, bool) { return name({text, size}); }
    bool EndObject(rapidjson::SizeType) { return close(); }
    bool StartArray() { return open(oauthpp::json_type::array); }
    bool EndArray(rapidjson::SizeType) { return close(); }
};

bool ask_rapidjson(std::string_view text, rapidjson_rules& out) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    constexpr unsigned flags = rapidjson::kParseValidateEncodingFlag | rapidjson::kParseNumbersAsStringsFlag;
    rapidjson::MemoryStream in(text.data(), text.size());
    rapidjson::Reader reader;
    const auto parsed = reader.Parse<flags>(in, out);
    out.too_large_number = parsed.Code() == rapidjson::kParseErrorNumberTooBig;
    return !parsed.IsError() && in.Tell() == text.size();
}

std::string undone(const oauthpp::json_value& string) {
    exact memory(string.text);
    return std::string(memory.text().substr(0, oauthpp::json_unescape(memory.text(), memory.memory().data())));
}

std::size_t count_elements(const oauthpp::json_value& array) {
    oauthpp::json_elements each(array);
    std::size_t count = 0;
    for (; each.next(); ++count) require(!each.value().text.empty() || each.value().type == oauthpp::json_type::string);
    return count;
}

/// What is written is read as it was.
void check_writer(std::string_view text) {
    exact memory(6 * text.size() + 8);
    oauthpp::buffer_writer out(memory.memory());
    out.append("{\"a\":");
    oauthpp::append_json_string(out, text);
    out.append('}');
    std::array<std::uint16_t, 2> room;
    oauthpp::json_object object(out.written_since(0), room);
    require(object.next() && undone(object.value()) == text && !object.next() && !object.failed());
}

int fuzz(bytes input) {
    const exact text(text_of(input));
    if (oauthpp::utf8_error(text.text()) == text.text().size()) check_writer(text.text());
    std::array<std::uint16_t, 8192> room;      // more than 1024 bytes can fill
    std::vector<member> members;
    oauthpp::json_object object(text.text(), room);
    while (object.next()) {
        const auto& value = object.value();
        require(text.holds(value.text) && object.is(undone(object.name())));
        const bool string = value.type == oauthpp::json_type::string;
        const bool array = value.type == oauthpp::json_type::array;
        members.push_back({undone(object.name()), value.type, string ? undone(value) : std::string(),
                           array ? count_elements(value) : 0});
    }
    require(!object.next() && object.failure().offset <= input.size());
    const bool accepted = !object.failed();

    if (text.text().find('\0') != std::string_view::npos) {
        require(!accepted);
        return 0;
    }
    rapidjson_rules rapid;
    nlohmann_rules nlohmann;
    const bool rapid_accepted = ask_rapidjson(text.text(), rapid);
    const bool nlohmann_accepted = nlohmann::json::sax_parse(text.text(), &nlohmann);
    if (rapid.too_large_number || nlohmann.too_large_number) return 0;
    require(accepted == rapid_accepted && accepted == nlohmann_accepted);
    require(!accepted || (members == rapid.members && members == nlohmann.members));
    return 0;
}

const harness here("json", fuzz);

}  // namespace fuzzing::json
