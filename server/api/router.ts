import { adminRouter } from './routers/admin.ts'
import { alertsRouter } from './routers/alerts.ts'
import { apiKeysRouter } from './routers/api-keys.ts'
import { attentionRouter } from './routers/attention.ts'
import { connectionsRouter } from './routers/connections.ts'
import { libraryRouter } from './routers/library.ts'
import { meRouter, tenantsRouter } from './routers/me.ts'
import { membersRouter, tenantRouter } from './routers/members.ts'
import { auditRouter, bulkRouter, dashboardRouter, usageRouter } from './routers/monitoring.ts'
import { nodesRouter } from './routers/nodes.ts'
import { runsRouter } from './routers/runs.ts'
import { tasksRouter } from './routers/tasks.ts'
import { workflowsRouter } from './routers/workflows.ts'
import { createCallerFactory, router } from './trpc.ts'

/** The client's API on one page. */
export const appRouter = router({
  me: meRouter,
  tenants: tenantsRouter,
  tenant: tenantRouter,
  members: membersRouter,
  nodes: nodesRouter,
  workflows: workflowsRouter,
  runs: runsRouter,
  tasks: tasksRouter,
  attention: attentionRouter,
  connections: connectionsRouter,
  library: libraryRouter,
  apiKeys: apiKeysRouter,
  dashboard: dashboardRouter,
  usage: usageRouter,
  bulk: bulkRouter,
  alerts: alertsRouter,
  audit: auditRouter,
  admin: adminRouter,
})

export type AppRouter = typeof appRouter

/** Calls procedures without HTTP, for tests. */
export const createCaller = createCallerFactory(appRouter)
