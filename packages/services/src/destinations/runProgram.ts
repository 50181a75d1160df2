import { spawn } from 'node:child_process';
import { DestinationProblem } from './destination.ts';

/** Longest time a program may take; a dead connection must not hold later uploads up for ever. */
const LIMIT_MS = 30 * 60_000;
const KEPT_OUTPUT = 2000;

/**
 * Runs a program of this machine to its end, without a shell.
 * @param options.input written to its standard input
 * @returns its standard output
 * @throws DestinationProblem refused when it is not installed, `code` with the end of what it said when it fails
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: {
    input?: string | Buffer;
    env?: Record<string, string>;
    cwd?: string;
    failure?: 'unreachable' | 'refused';
  } = {},
): Promise<string> {
  const { input = '', env = {}, cwd, failure = 'unreachable' } = options;
  const child = spawn(program, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, LC_ALL: 'C', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  });
  const out: Buffer[] = [];
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-KEPT_OUTPUT)));
  // A program that ends without reading all it was given has said why.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new DestinationProblem(
          'refused',
          cause.code === 'ENOENT' ? `${program} is not installed on this machine` : `${program}: ${cause.message}`,
          { cause },
        ),
      ),
    );
    child.on('close', resolve);
  });
  if (code === 0) return Buffer.concat(out).toString('utf8');
  throw new DestinationProblem(
    failure,
    `${program} failed (${code ?? 'stopped'}): ${said.trim() || 'it said nothing'}`,
  );
}
