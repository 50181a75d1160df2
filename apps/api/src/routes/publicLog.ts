import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { ContentHash, refuse } from '@waymark/domain';
import { addCosignature } from '@waymark/services';
import { Problem } from '@waymark/store';
import type { AppEnv } from '../deps.ts';
import { networkOf } from '../network.ts';
import { body, json, route } from '../permission.ts';
import { createThrottle } from '../throttle.ts';

const tags = ['audit'];
/** A note with as many signatures as readers must take has some 3 kB. */
const LONGEST_NOTE = 16_384;

const Cosignature = z
  .strictObject({
    checkpoint: z.string().min(1).max(LONGEST_NOTE).meta({
      description: 'Signed note with the signature of the log and the cosignature, c2sp.org/tlog-cosignature',
    }),
  })
  .meta({ id: 'Cosignature' });
const Cosigned = z
  .object({
    size: z.int(),
    root: ContentHash,
    witnesses: z.array(z.string()).meta({ description: 'Names whose cosignatures were verified' }),
    isNewest: z.boolean().meta({ description: 'Whether the head is served with them now; else a newer one was there' }),
  })
  .meta({ id: 'Cosigned' });

/** Tries a network may make in an hour. */
const COSIGNATURES_PER_HOUR = 120;

/** Where witnesses hand their cosignatures back. Who they are says the signature itself, so there is no token. */
export function publicLogRoutes(open: OpenAPIHono<AppEnv>, { now }: { now: () => Date }): void {
  const perNetwork = createThrottle({ limit: COSIGNATURES_PER_HOUR, seconds: 3600, now });
  open.openapi(
    route({
      method: 'post',
      path: '/log/cosignatures',
      permission: 'public',
      tags,
      summary: 'A witness hands back its cosignature of a head of the audit log',
      request: { body: body(Cosignature) },
      responses: { 200: json(Cosigned, 'Verified and kept') },
    }),
    async (c) => {
      if (!perNetwork.take(networkOf(c))) throw new Problem(refuse('too-many-attempts'));
      const { deps } = c.var;
      return c.json(await addCosignature(deps, deps.publicLog, c.req.valid('json').checkpoint), 200);
    },
  );
}
