import type { Inputs, Outputs } from '#client/lib/router-types.ts'

export type ApiKeyRow = Outputs['apiKeys']['list'][number]
export type Scope = Inputs['apiKeys']['create']['scopes'][number]

/** What a key can be given here: what the REST API has an address for. */
export const offeredScopes = [
  'workflow.read',
  'workflow.edit',
  'workflow.publish',
  'run.read',
  'run.start',
  'run.cancel',
  'task.read',
  'task.answer',
  'attention.resolve',
  'audit.view',
] as const satisfies readonly Scope[]
export type OfferedScope = (typeof offeredScopes)[number]

export const isOffered = (scope: string): scope is OfferedScope =>
  offeredScopes.some((offered) => offered === scope)
