export { isPublicAddress } from './address.ts';
export { createConnector, type Certificate, type Detour } from './connect.ts';
export { codeOf, createResolve, NameRefused, type Resolve } from './resolve.ts';
