// SPDX-License-Identifier: MIT
//
// oauthpp_borrowed without vectors: what a processor gets for which there are none.
#undef __SSE2__
#include "oauthpp_borrowed.cpp"
