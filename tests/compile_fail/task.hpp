// SPDX-License-Identifier: MIT
//
// A task type as small as one can be, for the cases of coroutines.
#pragma once

#include <oauthpp/oauthpp.hpp>

#include <coroutine>

template <class T>
struct task {
    struct promise_type {
        task get_return_object() { return {}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void unhandled_exception() {}
        void return_value(T) {}
    };
    bool await_ready() { return true; }
    void await_suspend(std::coroutine_handle<>) {}
    T await_resume() { return oauthpp::errc::timed_out; }
};
