import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { HandedIn, SigningProgress, SigningRequest } from '@waymark/domain';
import { addSignature, bundle, showRequest, showSigning } from '@waymark/services';
import { contextOf, type AppEnv } from '../deps.ts';
import { body, json, route, text } from '../permission.ts';
import { OwnRefusal } from '../schemas.ts';
import { streamBytes } from '../stream.ts';

const tags = ['snapshots'];
const params = z.object({ sequence: z.coerce.number().int().min(1).max(1_000_000_000) });

const Signing = SigningProgress.extend({
  can: z.object({ addSignature: OwnRefusal, publish: OwnRefusal }),
}).meta({ id: 'SnapshotSigning', description: 'Who has signed a snapshot, and who is missing' });

/** Signing a snapshot with people: what they take to their machines, and the signatures they bring back. */
export function signingRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'get',
      path: '/snapshots/{sequence}/signing',
      permission: 'snapshot.read',
      tags,
      summary: 'Who has signed a snapshot, who is missing, and six words to compare by voice',
      request: { params },
      responses: { 200: json(Signing, 'The signatures') },
    }),
    async (c) => c.json(await showSigning(contextOf(c), c.var.deps.publishing, c.req.valid('param').sequence), 200),
  );

  api.openapi(
    route({
      method: 'get',
      path: '/snapshots/{sequence}/request',
      permission: 'snapshot.read',
      tags,
      summary: 'What is to be signed, as the file that travels to signers',
      request: { params },
      responses: { 200: json(SigningRequest, 'request.json') },
    }),
    async (c) => {
      const { sequence } = c.req.valid('param');
      const request = await showRequest(contextOf(c), c.var.deps.publishing, sequence);
      c.header('Content-Disposition', `attachment; filename="snapshot-${sequence}.request.json"`);
      return c.json(request, 200);
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/snapshots/{sequence}/bundle',
      // It holds whole documents, internal notes too.
      permission: 'snapshot.publish',
      tags,
      summary: 'Everything a signer takes along: request, files, and the proof of who approved what',
      request: { params },
      responses: { 200: text('application/zip', 'A zip') },
    }),
    async (c) => {
      const { sequence } = c.req.valid('param');
      const pieces = await bundle(contextOf(c), c.var.deps.publishing, sequence);
      c.header('Content-Type', 'application/zip');
      c.header('Content-Disposition', `attachment; filename="snapshot-${sequence}.zip"`);
      c.header('Cache-Control', 'no-store');
      return streamBytes(c, pieces);
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/snapshots/{sequence}/signatures',
      permission: 'snapshot.publish',
      tags,
      summary:
        'Bring a signature, or several in one file; each is verified before any is kept, and counts for the person whose key made it',
      request: { params, body: body(HandedIn) },
      responses: { 200: json(Signing, 'Kept') },
    }),
    async (c) => {
      const { sequence } = c.req.valid('param');
      return c.json(await addSignature(contextOf(c), c.var.deps.publishing, sequence, c.req.valid('json')), 200);
    },
  );
}
