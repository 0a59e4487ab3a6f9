// SPDX-License-Identifier: MIT
//
// The one place that holds the version. Every header of base/ includes it first, so that the include tree and the
// single header, brought into one file, say so instead of drowning the reader in redefinitions.
#pragma once

#ifdef OAUTHPP_VERSION_MAJOR
#error "oauthpp is already here from another file: use the single header or the include tree, not both"
#endif

#define OAUTHPP_VERSION_MAJOR 0
#define OAUTHPP_VERSION_MINOR 1
#define OAUTHPP_VERSION_PATCH 0
