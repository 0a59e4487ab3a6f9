// SPDX-License-Identifier: MIT
//
// References to keys and verifiers: two pointers, and a copy refers to the same thing as the original did.
#include <oauthpp/crypto/signer.hpp>

#include <oauthpp/crypto/signature_verifier.hpp>
#include <oauthpp/protocol/client_authentication.hpp>
#include <doctest/doctest.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

namespace signer_test {
namespace {

struct key {
    int used = 0;
    std::string_view algorithm() { return "ES256"; }
    std::size_t sign(std::string_view, std::span<std::byte>) { return static_cast<std::size_t>(++used); }
};
struct verifier {
    oauthpp::verdict verify(std::string_view, const oauthpp::public_key_view&, std::string_view, std::span<const std::byte>) {
        return oauthpp::verdict::valid;
    }
};
struct source {
    oauthpp::error_view write_assertion(const oauthpp::assertion_subject&, oauthpp::buffer_writer& out) {
        out.append("made");
        return {};
    }
};

/// Copies a reference that is not constant, lets it go, and uses the copy.
template <class Ref, class Thing, class Use>
auto through_a_copy(Thing& thing, const Use& use) {
    std::optional<Ref> original(std::in_place, thing);
    Ref copy(*original);
    original.reset();
    Thing other;
    original.emplace(other);
    return use(copy);
}

}  // namespace

TEST_CASE("a copy of a reference refers to the key, not to the reference") {
    key own;
    CHECK(through_a_copy<oauthpp::signer_ref>(own, [](auto& ref) { return ref.sign("", {}); }) == 1);
    CHECK(own.used == 1);
    verifier check;
    const auto verify = [](auto& ref) { return ref.verify("ES256", {}, "", {}); };
    CHECK(through_a_copy<oauthpp::signature_verifier_ref>(check, verify) == oauthpp::verdict::valid);
    source from;
    const auto write = [](auto& ref) {
        char memory[128];
        oauthpp::buffer_writer out(memory);
        return ref.append_to_body({}, out).reason == oauthpp::errc::none && out.written_since(0).ends_with("=made");
    };
    CHECK(through_a_copy<oauthpp::assertion_source_ref>(from, write));
}

TEST_CASE("a key that may be used but not changed is as good") {
    struct constant {
        std::string_view algorithm() const { return "ES256"; }
        std::size_t sign(std::string_view, std::span<std::byte>) const { return 7; }
    };
    const constant own;
    CHECK(oauthpp::signer_ref(own).sign("", {}) == 7);
}

TEST_CASE("a key that is about to die is not referred to") {
    CHECK_FALSE(std::is_constructible_v<oauthpp::signer_ref, key>);
    CHECK_FALSE(std::is_constructible_v<oauthpp::signature_verifier_ref, verifier>);
    CHECK_FALSE(std::is_constructible_v<oauthpp::assertion_source_ref, source>);
}

}  // namespace signer_test
