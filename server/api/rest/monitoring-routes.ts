import { z } from 'zod'
import { listAudit } from '#server/audit/list.ts'
import { readUsage } from '#server/usage/read.ts'
import { AuditFilter } from '../inputs.ts'
import { pageQuery } from './query.ts'
import { type RestRoute, route } from './registry.ts'
import { AuditLine, Next, Usage } from './shapes.ts'

export const monitoringRoutes: readonly RestRoute[] = [
  route({
    method: 'GET',
    path: '/audit',
    summary: 'Who changed what, newest first',
    permission: 'audit.view',
    query: AuditFilter.extend(pageQuery),
    reply: z.object({ items: z.array(AuditLine), next: Next }),
    run: ({ scope }, { query }) => listAudit(scope, query),
  }),
  route({
    method: 'GET',
    path: '/usage',
    summary: 'What the tenant used day by day, what it may use, and what it uses now',
    permission: 'run.read',
    query: z.strictObject({ days: z.coerce.number().int().min(1).max(366).default(30) }),
    reply: Usage,
    run: ({ scope, parts }, { query }) => readUsage({ scope, engine: parts.databases.engine }, query),
  }),
]
