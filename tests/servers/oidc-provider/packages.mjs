// SPDX-License-Identifier: MIT
//
// npm's packages live outside the checkout: NODE_MODULES says where. All imports of them are here.
import { createRequire } from 'node:module';

const { resolve } = createRequire(`${process.env.NODE_MODULES}/`);

export const { Provider, errors, interactionPolicy } = await import(resolve('oidc-provider'));
