import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'

import type { AuditLog } from '../../application/ports/audit-log.ts'
import { describedApp, json, refused } from './described.ts'

// Beside the routes, as their types are inferred from each other.
const entrySchema = z
  .object({
    sequence: z.int().openapi({ description: 'From 1 on, without gaps.' }),
    at: z.number().openapi({ description: 'Epoch milliseconds.' }),
    request: z.string().openapi({ description: 'The id of the request, as in `X-Request-Id`.' }),
    actor: z.string().openapi({ description: '`local`, or the fingerprint of the key.' }),
    method: z.string(),
    path: z.string(),
    status: z.int(),
    action: z.string(),
    subject: z.string(),
    previous: z.string().openapi({ description: 'The hash of the entry before.' }),
    hash: z.string(),
  })
  .openapi('AuditEntry')
const pattern = z
  .string()
  .min(1)
  .max(500)
  .optional()
  .openapi({ description: 'As it stands, or with `*` for any characters, at most twice: `*.delete`.' })
const tags = ['Audit']
const listRoute = createRoute({
  method: 'get',
  path: '/audit',
  tags,
  operationId: 'listAudit',
  summary: 'Who changed what, the newest first',
  request: {
    query: z.object({
      subject: pattern,
      action: pattern,
      limit: z.coerce.number().int().min(1).max(1000).default(100),
      cursor: z.string().max(20).optional().openapi({ description: '`next` of the page before.' }),
    }),
  },
  responses: {
    200: json(
      z.object({ items: z.array(entrySchema), next: z.string().nullable() }).openapi('AuditList'),
      'A page of entries.',
    ),
    400: refused('The request is malformed.'),
  },
})
const verifyRoute = createRoute({
  method: 'get',
  path: '/audit/verify',
  tags,
  operationId: 'verifyAudit',
  summary: 'Whether the entries are those that were written: every hash is computed anew',
  responses: {
    200: json(
      z
        .object({
          isIntact: z.boolean(),
          entries: z.int(),
          head: z.string().openapi({ description: 'The hash of the last entry: note it elsewhere.' }),
          broken: z.object({ sequence: z.int(), reason: z.string() }).optional(),
        })
        .openapi('AuditVerification'),
      'What was found.',
    ),
  },
})

/** REST routes over an audit log, with their OpenAPI description; to be mounted under a base path. */
export function createAuditRoutes({ audit }: { readonly audit: Pick<AuditLog, 'list' | 'verify'> }): OpenAPIHono {
  const app = describedApp()
  app.openapi(listRoute, async (c) => {
    const { cursor: pageToken, ...query } = c.req.valid('query')
    const { items, next } = await audit.list({ ...query, pageToken })
    return c.json({ items: [...items], next: next ?? null }, 200)
  })
  app.openapi(verifyRoute, async (c) => c.json(await audit.verify(), 200))
  return app
}
