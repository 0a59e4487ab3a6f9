// SPDX-License-Identifier: MIT
// How deep does a call go? Paints the free stack, makes the call, and looks for the lowest word that lost its paint.
#pragma once

/// The bytes of stack that `callback(argument)` used, its own frame included, the frames of the callers excluded.
/// All of the stack when the call ran through its end.
unsigned stack_used(void (*callback)(void*), void* argument);
