import type { Command } from 'commander';
import { vi } from 'vitest';

/**
 * Runs a command of `waymark` in this process, which a process of its own would do no other way and only more slowly.
 * @returns what it printed
 * @throws what the command throws; a wrong option instead of the end of the process
 */
export async function inProcess(command: Command, args: string[]): Promise<string> {
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line: unknown = '') => void lines.push(String(line)));
  try {
    await command.exitOverride().parseAsync(args, { from: 'user' });
    return `${lines.join('\n')}\n`;
  } finally {
    log.mockRestore();
  }
}
