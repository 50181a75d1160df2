/** The TUF client alone, for programs of ours that want to verify a tree and read other targets than the directory. */
export { webCrypto } from './browser/webCrypto.ts';
export { httpSource } from './source.ts';
export type { Engine, Source, Trusted } from './tuf/trusted.ts';
export { ownEngine } from './tuf/update.ts';
