// SPDX-License-Identifier: MIT
// The empty program: every size is measured over this one.
extern "C" int feature(char*, unsigned) { return 0; }
