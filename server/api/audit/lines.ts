/** How a change is told in the audit log. */
export interface Line {
  /** `workflow.publish`. */
  action: string
  /** Where the input names what it is about; `id` unless said. */
  id?: string
  /** Where the answer does, for what is new. */
  made?: string
  /** Fields of the input that are shown. Only what is named here is: an input may hold a secret. */
  shown?: readonly string[]
  /** Where the answer has the slug of the tenant it is about, for what is not called in a tenant. */
  tenantOf?: 'slug'
}

const bulk = { shown: ['kind'] } as const
const limits = [
  'weight',
  'concurrentRuns',
  'runsPerMinute',
  'queuedRuns',
  'dailyRuns',
  'overLimit',
  'storageMb',
  'monthlyCostUsd',
]
const rule = ['name', 'workflowId', 'condition', 'enabled', 'quietMinutes']

// Every change of the client's API. A test fails for one that is missing; null says that it is about no tenant.
export const procedureLines: Record<string, Line | null> = {
  'me.setLocale': null,
  'me.acceptInvitation': { action: 'invitation.accept', tenantOf: 'slug' },
  'tenants.create': { action: 'tenant.create', shown: ['name'], tenantOf: 'slug' },

  'members.setRole': { action: 'member.set_role', id: 'memberId', shown: ['role'] },
  'members.remove': { action: 'member.remove', id: 'memberId' },
  'members.leave': { action: 'member.leave' },
  'members.invite': { action: 'invitation.create', made: 'id', shown: ['email', 'role'] },
  'members.revokeInvitation': { action: 'invitation.revoke' },

  'workflows.create': { action: 'workflow.create', made: 'id', shown: ['name'] },
  'workflows.rename': { action: 'workflow.rename', shown: ['name'] },
  'workflows.duplicate': { action: 'workflow.duplicate' },
  'workflows.saveDraft': { action: 'workflow.save_draft', shown: ['revision'] },
  'workflows.remove': { action: 'workflow.remove' },
  'workflows.publish': { action: 'workflow.publish', shown: ['revision'] },
  'workflows.unpublish': { action: 'workflow.unpublish' },
  'workflows.pause': { action: 'workflow.pause' },
  'workflows.resume': { action: 'workflow.resume' },

  'runs.start': { action: 'run.start', made: 'runId', shown: ['workflowId', 'source', 'trigger'] },
  'runs.cancel': { action: 'run.cancel' },
  'runs.again': { action: 'run.again' },
  'runs.retry': { action: 'run.retry' },
  'runs.replay': { action: 'run.replay', shown: ['from', 'version'] },
  // What was answered is in the run.
  'tasks.answer': { action: 'task.answer' },
  'attention.resolve': { action: 'attention.resolve' },
  'attention.resolveMany': { action: 'attention.resolve_many', made: 'id', shown: ['filter'] },
  'bulk.start': { action: 'bulk_job.start', made: 'id', ...bulk },
  'bulk.cancel': { action: 'bulk_job.cancel' },

  'connections.create': { action: 'connection.create', made: 'id', shown: ['name', 'kind', 'hosts'] },
  'connections.update': { action: 'connection.update', shown: ['name', 'hosts'] },
  'connections.remove': { action: 'connection.remove' },
  'connections.test': { action: 'connection.test' },
  'connections.oauthStart': { action: 'connection.oauth_start' },

  'apiKeys.create': { action: 'api_key.create', made: 'id', shown: ['name', 'scopes', 'expiresAt'] },
  'apiKeys.revoke': { action: 'api_key.revoke' },

  'alerts.createRule': { action: 'alert_rule.create', made: 'id', shown: rule },
  'alerts.updateRule': { action: 'alert_rule.update', shown: rule },
  'alerts.removeRule': { action: 'alert_rule.remove' },
  'alerts.testRule': { action: 'alert_rule.test' },

  'library.publish': {
    action: 'library_item.publish',
    id: 'workflowId',
    made: 'itemId',
    shown: ['name', 'visibility', 'shareWith', 'workflowId'],
  },
  'library.withdraw': { action: 'library_item.withdraw', id: 'itemId' },
  'library.install': {
    action: 'install.create',
    id: 'itemId',
    made: 'workflowId',
    shown: ['name', 'publisherId', 'version'],
  },
  'library.upgrade': { action: 'workflow.upgrade', id: 'workflowId', shown: ['version'] },
  'library.revert': { action: 'workflow.revert_upgrade', id: 'workflowId' },
  'admin.review': {
    action: 'library_item.review',
    id: 'publisherId',
    shown: ['itemId', 'version', 'approve', 'note'],
  },

  'admin.setLimits': { action: 'tenant.set_limits', id: 'tenantId', shown: limits },
  'admin.suspend': { action: 'tenant.suspend', id: 'tenantId', shown: ['why'] },
  'admin.resume': { action: 'tenant.resume', id: 'tenantId' },
  'admin.pauseQueue': { action: 'queue.pause', id: 'tenantId' },
  'admin.resumeQueue': { action: 'queue.resume', id: 'tenantId' },
  'admin.setDefaults': { action: 'installation.set_defaults', shown: limits },
}

// Every change of the public API, which is every route but GET; null for what only looks.
export const routeLines: Record<string, Line | null> = {
  'POST /workflows': { action: 'workflow.create', made: 'id', shown: ['name'] },
  'POST /workflows/check': null,
  'PATCH /workflows/:id': { action: 'workflow.rename', shown: ['name'] },
  'DELETE /workflows/:id': { action: 'workflow.remove' },
  'PUT /workflows/:id/draft': { action: 'workflow.save_draft', shown: ['revision'] },
  'POST /workflows/:id/check': null,
  'POST /workflows/:id/publish': { action: 'workflow.publish', shown: ['revision'] },
  'POST /workflows/:id/unpublish': { action: 'workflow.unpublish' },
  'POST /workflows/:id/runs': { action: 'run.start', made: 'runId', shown: ['source', 'trigger'] },
  'POST /tasks/:id/answer': { action: 'task.answer' },
  'POST /attention/:id/resolve': { action: 'attention.resolve' },
  'POST /attention/resolve': { action: 'attention.resolve_many', shown: ['filter'] },
  'POST /runs/:id/cancel': { action: 'run.cancel', shown: ['reason'] },
  'POST /runs/:id/again': { action: 'run.again' },
  'POST /runs/:id/retry': { action: 'run.retry' },
  'POST /runs/:id/replay': { action: 'run.replay', shown: ['from', 'version'] },
}

/** What a change is called that nobody has said more of: nothing of its input is shown. */
export const lineOf = (lines: Record<string, Line | null>, name: string): Line | null => {
  const declared = lines[name]
  return declared === undefined ? { action: name.replace(/[^\w.]+/g, '_').toLowerCase() } : declared
}
