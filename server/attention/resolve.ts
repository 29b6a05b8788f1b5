import { findDefinition } from '#nodes/catalog.ts'
import type { JsonObject } from '#nodes/kit/json.ts'
import { issuesOf } from '#server/db/issues.ts'
import { encodeJson } from '#server/db/json.ts'
import { AppError } from '#server/errors.ts'
import type { Resolution } from '#server/runtime/resolution.ts'
import type { Runtime } from '#server/runtime/runtime.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { readAttention } from './read.ts'

const MOST_BYTES = 256 * 1024

/** Decides about one step, once; its run goes on soon after. */
export async function resolveAttention(
  { scope, runtime }: { scope: TenantScope; runtime: Pick<Runtime, 'answer'> },
  { id, resolution }: { id: string; resolution: Resolution },
): Promise<void> {
  const asked = await readAttention(scope, { id })
  if (asked.status !== 'open') throw decided(asked.status)
  const answer = withPort(fitting(resolution), asked.ports)
  if (answer.how === 'retry') checkParams(answer, asked)
  const told = await runtime.answer({ tenantId: scope.tenant.id, taskId: id, answer, by: scope.actor })
  if (told === 'closed') throw decided((await readAttention(scope, { id })).status)
}

const decided = (status: string) =>
  new AppError('conflict', 'This has been decided, or its run has ended', { status })

/** Not more than is kept of it. */
export function fitting(resolution: Resolution): Resolution {
  if (encodeJson(resolution).length > MOST_BYTES)
    throw new AppError('limit_reached', `What you give may hold ${MOST_BYTES / 1024} KB`)
  return resolution
}

/** By which way a step that is skipped goes on: it must be one of its own. */
export function withPort(resolution: Resolution, ports: readonly string[]): Resolution {
  if (resolution.how !== 'skip') return resolution
  const { port = 'out' } = resolution
  if (ports.includes(port)) return { ...resolution, port }
  throw refused('port', `Say by which way it goes on: ${ports.join(', ')}`)
}

/** What is known to be wrong is said now, not after the step has tried. */
function checkParams(
  { params = {}, unset = [] }: Extract<Resolution, { how: 'retry' }>,
  asked: Awaited<ReturnType<typeof readAttention>>,
) {
  const { type, version } = asked.node
  const definition = findDefinition(type, version)
  const known = asked.params !== null && asked.missing.every((name) => name in params || unset.includes(name))
  if (!definition || !known || Object.keys(params).length + unset.length === 0) return
  const after: JsonObject = { ...asked.params, ...params }
  for (const name of unset) delete after[name]
  const parsed = definition.params.safeParse(after)
  if (parsed.success) return
  const issues = issuesOf(parsed.error)
  const [first] = issues
  throw new AppError('invalid', `${first?.path}: ${first?.message}`, {
    issues: issues.map(({ path, message }) => ({ path: `resolution.params.${path}`, message })),
  })
}

const refused = (field: string, message: string) =>
  new AppError('invalid', `${field}: ${message}`, { issues: [{ path: `resolution.${field}`, message }] })
