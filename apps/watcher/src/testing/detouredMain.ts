// The watcher as `main.ts` puts it together, led to the world's servers: for machines that grant no network namespace. Prints where
// every socket of the process tried to go.
import { argv, stdout } from 'node:process';
import { createDirectoryApi } from '../directoryApi.ts';
import { parseEnvironment } from '../environment.ts';
import { LIMITS } from '../fetchPage.ts';
import { createResolve } from '@waymark/egress';
import { run } from '../run.ts';
import { detourTo, record } from './world.ts';

const [, , secure, plain] = argv;
record(({ address, port }) => stdout.write(`attempt ${address} ${port}\n`));
const { api, token, contact, resolvers } = parseEnvironment(process.env);
const stopping = new AbortController();
process.on('SIGTERM', () => stopping.abort());
await run(
  createDirectoryApi({ api, token }),
  {
    contact,
    resolve: createResolve(resolvers),
    limits: LIMITS,
    detour: detourTo({ secure: Number(secure), plain: Number(plain) }),
  },
  { signal: stopping.signal, say: (words) => void stdout.write(`${words}\n`) },
);
process.exit(0);
