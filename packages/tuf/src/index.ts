export { TufProblem, type TufProblemCode } from './problem.ts';
export { canonicalBytes, sha256 } from './canonical.ts';
export {
  generatePrivateKey,
  isSignatureBy,
  keyidOf,
  privateKeyOf,
  seedOf,
  toPublicKey,
  toSigner,
  type PublicKey,
  type Signer,
} from './key.ts';
export { readKeyText } from './keyText.ts';
export { readKeyFile, readPublicHalf, writeKeyFile, type KeyProtection } from './keyFile.ts';
export { openSigner, openSigners, type SignerSource } from './openSigner.ts';
export { findAgentSigner, listAgentKeys, type AgentKey } from './sshAgent.ts';
export { keyOwnersOf, parseSigningPolicy, readSigningPolicy, rootKeysOf, urgentKeysOf } from './policy.ts';
export {
  checkSignature,
  requireOwnDigest,
  requireSignature,
  signRequest,
  type SignatureRefusal,
} from './signRequest.ts';
export type { RoleName, TopLevelRole } from './lifetime.ts';
export { readRoot, requestRoot } from './rootRequest.ts';
export { findPrevious, reviewRoot, rootOf, type RolePower, type RootPowers, type RootReview } from './reviewRoot.ts';
export { mergeRoot, mergeTargets } from './mergeRequest.ts';
export { requestRenewal, requireRenewal } from './renewal.ts';
export {
  buildRoot,
  isDemoRoot,
  rootRefusals,
  type Profile,
  type RoleKeys,
  type RootKeys,
  type RootRefusal,
} from './root.ts';
export {
  factsOf,
  mostTargets,
  targetFilePath,
  type TargetBytes,
  type TargetContent,
  type TargetCustom,
  type TargetFacts,
} from './targets.ts';
export { delegationRefusals, urgentPaths, type DelegationRefusal, type UrgentDelegation } from './delegation.ts';
export { readRequest } from './request.ts';
export {
  initDemoRepository,
  initRepository,
  keyFileName,
  readDemoSigners,
  toPublishSigners,
  type DemoSigners,
  type Holder,
  type HoldersPolicy,
} from './initRepository.ts';
export { publishRoot, type RootResult, type RootSigners } from './publishRoot.ts';
export { drill } from './drill/drill.ts';
export { publishSignedRoot } from './publishSignedRoot.ts';
export {
  publishSignedTargets,
  publishTargets,
  targetsRequest,
  type PublishResult,
  type PublishSigners,
} from './publish.ts';
export { publishSignedUrgent, readUrgent, urgentRequest, type UrgentResult } from './urgent.ts';
export { atHand, type OnlineSigners } from './online.ts';
export { resignWhenDue, type ResignResult } from './resign.ts';
export {
  findRepository,
  readRepository,
  isOwnVersion,
  requireOwnVersions,
  treePath,
  type Published,
  type Repository,
} from './repository.ts';
export { repositoryStatus, type RepositoryStatus, type RoleStatus } from './status.ts';
export { verifyRepository, type VerifiedRepository, type VerifiedUrgent } from './verify.ts';
export { lintRepository, type LintCode, type LintFinding } from './lint.ts';
export { collectGarbage, purgeTarget, sweptFiles, type Collected } from './collect.ts';
export { filesBelow, logPath, publicFiles, targetFilesOf, type PublicFiles } from './publicFiles.ts';
export {
  findFile,
  linkOrCopy,
  replace as replaceFile,
  writeOnce as writeFileOnce,
  type OnStep,
  type TreeFile,
} from './writeFiles.ts';
export { withLock } from './lock.ts';
