import { existsSync, readFileSync } from 'node:fs';
import { run, runQuietly } from './run.mjs';

/**
 * Installs packages where that can be done without asking: on Debian, as root.
 * @returns whether it could be tried
 */
export async function installDebianPackages(names, purpose) {
  if (!isDebianRoot()) return false;
  console.log(`Installing the Debian packages ${names.join(', ')} for ${purpose} …`);
  await runQuietly('apt-get', ['update']);
  const args = ['-o', 'DPkg::Lock::Timeout=900', '-qq', 'install', '-y', '--no-install-recommends', ...names];
  await run('apt-get', args, { DEBIAN_FRONTEND: 'noninteractive' });
  return true;
}

function isDebianRoot() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
}
