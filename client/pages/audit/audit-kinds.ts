/** What a change may be about: the beginning of its action, up to the dot. */
export const auditKinds = [
  'workflow',
  'run',
  'bulk_job',
  'task',
  'attention',
  'connection',
  'api_key',
  'member',
  'invitation',
  'session',
  'library_item',
  'install',
  'alert_rule',
  'tenant',
  'queue',
  'installation',
] as const

export type AuditKind = (typeof auditKinds)[number]
