import type { Policy } from '../../api/context.ts'
import { shortId } from '../../db/id.ts'
import { aDocument, type World } from './world.ts'

/** What a test needs to know of a procedure to call it. */
export interface Entry {
  /** By hand, so that a change of who may call it is made twice. */
  policy: Policy
  /** A good input in that world. */
  input?: (world: World) => Record<string, unknown>
  /** Which fields of the input name something that belongs to a tenant. */
  names?: string[]
}

const workflow = (world: World) => ({ id: world.workflowId })
const run = (world: World) => ({ id: world.runId })
const failedRun = (world: World) => ({ id: world.failedRunId })
const task = (world: World) => ({ id: world.taskId })
const attention = (world: World) => ({ id: world.attentionId })
const bulkJob = (world: World) => ({ id: world.bulkJobId })
const rule = (world: World) => ({ id: world.alertRuleId })
const item = ({ owner, itemId }: World) => ({ publisherId: owner.tenant.id, itemId })
const installed = ({ installedId }: World) => ({ workflowId: installedId })
const tenant = (world: World) => ({ tenantId: world.owner.tenant.id })
const aRule = {
  name: 'Failures',
  condition: { kind: 'failure' },
  channel: { kind: 'webhook', url: 'https://example.com/alerts' },
}
const named = ['id']

/** Every procedure. One that is missing here, or here and not there, fails a test. */
export const procedureTable: Record<string, Entry> = {
  'me.get': { policy: 'anonymous' },
  'me.invitation': { policy: 'anonymous', input: ({ invitationId }) => ({ id: invitationId }) },
  'me.setLocale': { policy: 'user', input: () => ({ locale: 'en' }) },
  'me.acceptInvitation': { policy: 'user', input: ({ invitationId }) => ({ id: invitationId }) },
  'tenants.create': { policy: 'user', input: () => ({ name: `New ${shortId()}` }) },

  'tenant.get': { policy: 'tenant.read' },
  'members.list': { policy: 'member.read' },
  'members.setRole': {
    policy: 'member.manage',
    input: ({ memberId }) => ({ memberId, role: 'viewer' }),
    names: ['memberId'],
  },
  'members.remove': { policy: 'member.manage', input: ({ memberId }) => ({ memberId }), names: ['memberId'] },
  'members.leave': { policy: 'member' },
  'members.invitations': { policy: 'member.manage' },
  'members.invite': {
    policy: 'member.manage',
    input: () => ({ email: `${shortId()}@example.com`, role: 'viewer' }),
  },
  'members.revokeInvitation': {
    policy: 'member.manage',
    input: ({ invitationId }) => ({ id: invitationId }),
    names: named,
  },

  'nodes.catalog': { policy: 'workflow.read' },

  'workflows.list': { policy: 'workflow.read', input: () => ({}) },
  'workflows.get': { policy: 'workflow.read', input: workflow, names: named },
  'workflows.polls': { policy: 'workflow.read', input: workflow, names: named },
  'workflows.schedules': { policy: 'workflow.read', input: workflow, names: named },
  'workflows.versions': { policy: 'workflow.read', input: workflow, names: named },
  'workflows.version': {
    policy: 'workflow.read',
    input: (world) => ({ ...workflow(world), number: 1 }),
    names: named,
  },
  'workflows.schedulePreview': {
    policy: 'workflow.read',
    input: () => ({ cron: '0 9 * * *', zone: 'America/Sao_Paulo' }),
  },
  'workflows.create': { policy: 'workflow.edit', input: () => ({ name: 'New' }) },
  'workflows.rename': {
    policy: 'workflow.edit',
    input: (world) => ({ ...workflow(world), name: 'Taken' }),
    names: named,
  },
  'workflows.duplicate': { policy: 'workflow.edit', input: workflow, names: named },
  'workflows.saveDraft': {
    policy: 'workflow.edit',
    input: (world) => ({ ...workflow(world), document: aDocument, revision: 1 }),
    names: named,
  },
  'workflows.remove': { policy: 'workflow.edit', input: workflow, names: named },
  'workflows.publish': {
    policy: 'workflow.publish',
    input: (world) => ({ ...workflow(world), revision: 1 }),
    names: named,
  },
  'workflows.unpublish': { policy: 'workflow.publish', input: workflow, names: named },
  'workflows.pause': { policy: 'workflow.publish', input: workflow, names: named },
  'workflows.resume': { policy: 'workflow.publish', input: workflow, names: named },

  'runs.list': { policy: 'run.read', input: () => ({}) },
  'runs.get': { policy: 'run.read', input: run, names: named },
  'runs.events': { policy: 'run.read', input: (world) => ({ ...run(world), after: 0 }), names: named },
  'runs.watch': { policy: 'run.read', input: run, names: named },
  'runs.texts': { policy: 'run.read', input: run, names: named },
  'runs.effects': { policy: 'run.read', input: run, names: named },
  'runs.related': { policy: 'run.read', input: run, names: named },
  'runs.changes': { policy: 'run.read' },
  'runs.start': {
    policy: 'run.start',
    input: ({ workflowId }) => ({ workflowId, source: 'published', input: {} }),
    names: ['workflowId'],
  },
  'runs.cancel': { policy: 'run.cancel', input: run, names: named },
  'runs.again': { policy: 'run.start', input: run, names: named },
  'runs.count': { policy: 'run.read', input: () => ({}) },
  'runs.groups': { policy: 'run.read', input: () => ({}) },
  'runs.retry': { policy: 'run.start', input: failedRun, names: named },
  'runs.replayPlan': {
    policy: 'run.read',
    input: (world) => ({ ...failedRun(world), from: 'start' }),
    names: named,
  },
  'runs.replay': {
    policy: 'run.start',
    input: (world) => ({ ...failedRun(world), from: 'start' }),
    names: named,
  },
  'runs.compare': {
    policy: 'run.read',
    input: ({ runId, failedRunId }) => ({ left: runId, right: failedRunId }),
    names: ['left', 'right'],
  },

  'tasks.list': { policy: 'task.read', input: () => ({}) },
  'tasks.get': { policy: 'task.read', input: task, names: named },
  'tasks.count': { policy: 'task.read' },
  'tasks.answer': {
    policy: 'task.answer',
    input: (world) => ({ ...task(world), value: { approved: true } }),
    names: named,
  },

  'attention.list': { policy: 'run.read', input: () => ({}) },
  'attention.groups': { policy: 'run.read', input: () => ({}) },
  'attention.count': { policy: 'run.read', input: () => ({}) },
  'attention.get': { policy: 'run.read', input: attention, names: named },
  'attention.resolve': {
    policy: 'attention.resolve',
    input: (world) => ({ ...attention(world), resolution: { how: 'skip', output: null } }),
    names: named,
  },
  'attention.resolveMany': {
    policy: 'attention.resolve',
    input: ({ attentionId }) => ({ ids: [attentionId], resolution: { how: 'retry' } }),
  },

  'dashboard.get': { policy: 'run.read', input: () => ({ days: 7 }) },
  'usage.get': { policy: 'run.read', input: () => ({ days: 30 }) },
  'audit.list': { policy: 'audit.view', input: () => ({}) },
  'bulk.start': { policy: 'run.start', input: ({ failedRunId }) => ({ kind: 'retry', ids: [failedRunId] }) },
  'bulk.list': { policy: 'run.read' },
  'bulk.get': { policy: 'run.read', input: bulkJob, names: named },
  'bulk.cancel': { policy: 'run.start', input: bulkJob, names: named },
  'alerts.list': { policy: 'run.read', input: () => ({}) },
  'alerts.rules': { policy: 'alert.manage' },
  'alerts.createRule': {
    policy: 'alert.manage',
    input: ({ workflowId }) => ({ ...aRule, workflowId }),
    names: ['workflowId'],
  },
  'alerts.updateRule': {
    policy: 'alert.manage',
    input: ({ alertRuleId }) => ({ id: alertRuleId, name: 'Taken' }),
    names: named,
  },
  'alerts.removeRule': { policy: 'alert.manage', input: rule, names: named },
  'alerts.testRule': { policy: 'alert.manage', input: rule, names: named },

  'library.list': { policy: 'library.read', input: () => ({ locale: 'en' }) },
  'library.get': {
    policy: 'library.read',
    input: (world) => ({ ...item(world), locale: 'en' }),
    names: ['itemId'],
  },
  'library.installs': { policy: 'library.read', input: () => ({}) },
  'library.upgradePreview': { policy: 'library.read', input: installed, names: ['workflowId'] },
  'library.install': {
    policy: 'library.install',
    input: (world) => ({ ...item(world), name: 'Mine', values: {}, locale: 'en' }),
    names: ['itemId'],
  },
  'library.upgrade': {
    policy: 'library.install',
    input: (world) => ({ ...installed(world), revision: 1 }),
    names: ['workflowId'],
  },
  'library.revert': { policy: 'library.install', input: installed, names: ['workflowId'] },
  'library.suggest': {
    policy: 'library.publish',
    input: ({ workflowId }) => ({ workflowId }),
    names: ['workflowId'],
  },
  'library.publish': {
    policy: 'library.publish',
    input: ({ workflowId }) => ({
      ...{ workflowId, name: 'Shared', summary: '', icon: 'workflow', tags: [], readme: '', parameters: [] },
      ...{ visibility: 'tenant', shareWith: [], changes: '' },
    }),
    names: ['workflowId'],
  },
  'library.withdraw': {
    policy: 'library.publish',
    input: ({ itemId }) => ({ itemId }),
    names: ['itemId'],
  },
  'admin.catalog': { policy: 'admin' },
  'admin.reviews': { policy: 'admin' },
  'admin.reviewed': { policy: 'admin', input: (world) => ({ ...item(world), version: 3 }) },
  'admin.review': {
    policy: 'admin',
    input: (world) => ({ ...item(world), version: 3, approve: true, note: '' }),
  },

  'admin.dashboard': { policy: 'admin', input: () => ({ days: 7 }) },
  'admin.tenants': { policy: 'admin', input: () => ({}) },
  'admin.processes': { policy: 'admin' },
  'admin.queue': { policy: 'admin' },
  'admin.defaults': { policy: 'admin' },
  'admin.audit': { policy: 'admin', input: () => ({}) },
  'admin.setLimits': { policy: 'admin', input: (world) => ({ ...tenant(world), queuedRuns: 100 }) },
  'admin.suspend': { policy: 'admin', input: (world) => ({ ...tenant(world), why: 'Unpaid' }) },
  'admin.resume': { policy: 'admin', input: tenant },
  'admin.pauseQueue': { policy: 'admin', input: tenant },
  'admin.resumeQueue': { policy: 'admin', input: tenant },
  'admin.setDefaults': { policy: 'admin', input: () => ({ storageMb: 10_240 }) },

  'connections.kinds': { policy: 'connection.read' },
  'connections.list': { policy: 'connection.read' },
  'connections.create': {
    policy: 'connection.manage',
    input: () => ({
      name: `New ${shortId()}`,
      kind: 'http.bearer',
      hosts: ['example.com'],
      fields: { token: 'secret' },
    }),
  },
  'connections.update': {
    policy: 'connection.manage',
    input: ({ connectionId }) => ({ id: connectionId, name: 'Taken' }),
    names: named,
  },
  'connections.test': {
    policy: 'connection.manage',
    input: ({ connectionId }) => ({ id: connectionId }),
    names: named,
  },
  'connections.oauthStart': {
    policy: 'connection.manage',
    input: ({ connectionId }) => ({ id: connectionId }),
    names: named,
  },
  'connections.remove': {
    policy: 'connection.manage',
    input: ({ connectionId }) => ({ id: connectionId }),
    names: named,
  },

  'apiKeys.list': { policy: 'api_key.manage' },
  'apiKeys.create': {
    policy: 'api_key.manage',
    input: () => ({ name: `New ${shortId()}`, scopes: ['run.read'] }),
  },
  'apiKeys.revoke': {
    policy: 'api_key.manage',
    input: ({ apiKeyId }) => ({ id: apiKeyId }),
    names: named,
  },
}

/** What no input takes from outside (AZ-05). */
export const serverOwned = [
  ...[
    'tenantId',
    'tenant',
    'ownerId',
    'userId',
    'role',
    'id',
    'createdAt',
    'createdBy',
    'isAdmin',
    'version',
  ],
  ...['status', 'quota', 'emailVerified', 'passwordHash', 'hash', 'sealed', 'publishedVersion', 'actor'],
]
