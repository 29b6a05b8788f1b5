import type { TenantDb } from '#server/db/tenant.ts'
import { AppError } from '#server/errors.ts'
import { type HookTrigger, keptPlaces } from './triggers-of.ts'

/** A webhook's path may not be in a place where other triggers are. */
export function refuseKept(hooks: readonly HookTrigger[]): void {
  for (const { kind, path, nodeKey } of hooks) {
    const place = path.split('/')[0] ?? ''
    if (kind === 'webhook' && path.includes('/') && keptPlaces.includes(place))
      throw new AppError(
        'conflict',
        `Addresses that begin with ${place}/ are kept for other triggers. Choose another path.`,
        { node: nodeKey, field: 'params.path' },
      )
  }
}

/** An address belongs to one trigger of the tenant. */
export async function refuseTaken(
  db: TenantDb,
  { tenantId, hooks }: { tenantId: string; hooks: readonly HookTrigger[] },
): Promise<void> {
  const taken = await db.hook.findMany({
    where: { tenantId, path: { in: hooks.map(({ path }) => path) } },
    include: { workflow: { select: { id: true, name: true } } },
  })
  const seen: HookTrigger[] = []
  for (const hook of hooks) {
    const { nodeKey, kind, method, path } = hook
    const place = { node: nodeKey, field: 'params.path' }
    const other = taken.find((one) => one.path === path && overlaps(one.method, method))
    if (other)
      throw new AppError(
        'conflict',
        kind === 'webhook'
          ? `The workflow “${other.workflow.name}” already answers ${other.method} /${path}. Choose another path or method.`
          : `The workflow “${other.workflow.name}” already has the address ${path}. Choose another path.`,
        { ...place, workflow: other.workflow },
      )
    const twin = seen.find((one) => one.path === path && overlaps(one.method, method))
    if (twin)
      throw new AppError(
        'conflict',
        `“${twin.nodeKey}” already has the address ${path}. Choose another path.`,
        place,
      )
    seen.push(hook)
  }
}

function overlaps(one: string, other: string) {
  return one === other || one === 'ANY' || other === 'ANY'
}
