// SPDX-License-Identifier: MIT
// The program around a feature whose flash is weighed: nothing but the call, and memory that the feature may use.
static char memory[4096];
extern "C" int feature(char* memory, unsigned size);
int main() { return feature(memory, sizeof memory); }
