import { Command } from 'commander';
import { listUsers } from '@waymark/store';
import { DATA_OPTION, openData } from '../dataFolder.ts';

/** `waymark user list`: who may do what. People come in and change by two admins, in the admin. */
export function userCommand(): Command {
  const list = new Command('list')
    .description('People, their state and roles')
    .option(...DATA_OPTION)
    .action(listPeople);
  return new Command('user').description('People').addCommand(list);
}

async function listPeople({ data }: { data: string }): Promise<void> {
  const { read, close } = openData(data);
  try {
    const { data: users } = await listUsers(read, { sort: 'name', limit: 10_000, offset: 0 });
    for (const { name, email, status, roles } of users)
      console.log(`${name} <${email}> ${status}: ${roles.join(', ') || 'no role'}`);
  } finally {
    close();
  }
}
