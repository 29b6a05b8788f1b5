import { fill } from '#nodes/graph/library/fill.ts'
import { faultsOf, type Parameter, type Values } from '#nodes/graph/library/parameter.ts'
import { newId } from '#server/db/id.ts'
import type { TenantDb } from '#server/db/tenant.ts'
import { AppError } from '#server/errors.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { problemsOf } from '#server/workflows/problems-of.ts'
import { type ItemKey, spoken, versionOf } from './read.ts'

export interface Installing extends ItemKey {
  version?: number
  name: string
  values: Values
  locale: string
}

/**
 * Makes a workflow of a version, which remembers where it came from. It is off: it starts nothing until somebody
 * publishes it, and that needs its connections.
 */
export async function installItem(scope: TenantScope, about: Installing) {
  const tenantId = scope.tenant.id
  const { publisherId, itemId, locale, values, name } = about
  return scope.inTenant(async (db) => {
    const version = spoken(await versionOf(db, about), locale)
    await refuseValues(db, { tenantId, parameters: version.parameters, values })
    const document = fill(version.document, version.parameters, values)
    const workflowId = newId()
    await db.workflow.create({
      data: {
        ...{ tenantId, id: workflowId, name, description: version.summary, draft: document },
        createdBy: scope.actor,
      },
    })
    await db.install.create({
      data: {
        ...{ tenantId, id: newId(), workflowId, publisherId, itemId, locale, values },
        ...{ version: version.number, base: document, installedBy: scope.actor },
      },
    })
    const problems = await problemsOf(db, { tenantId, document })
    return {
      workflowId,
      version: version.number,
      problems: problems.filter(({ severity }) => severity === 'error'),
    }
  })
}

/** Refuses what does not fit, and connections that this tenant does not have or that are of another kind. */
export async function refuseValues(
  db: TenantDb,
  about: { tenantId: string; parameters: readonly Parameter[]; values: Values },
) {
  const { tenantId, parameters, values } = about
  const faults = faultsOf(parameters, values)
  const wanted = parameters.flatMap((parameter) => {
    const id = Object.hasOwn(values, parameter.key) ? values[parameter.key] : undefined
    return parameter.kind === 'connection' && typeof id === 'string' && id !== ''
      ? [{ ...parameter, id }]
      : []
  })
  if (faults.length === 0 && wanted.length > 0) {
    const found = await db.connection.findMany({
      where: { tenantId, id: { in: wanted.map(({ id }) => id) } },
      select: { id: true, kind: true },
    })
    for (const { key, id, kinds } of wanted) {
      const kind = found.find((connection) => connection.id === id)?.kind
      if (kind === undefined) faults.push({ key, message: 'There is no such connection' })
      else if (!kinds.includes(kind)) faults.push({ key, message: 'This connection is of another kind' })
    }
  }
  const [first] = faults
  if (first)
    throw new AppError('invalid', `${first.key}: ${first.message}`, {
      issues: faults.map(({ key, message }) => ({ path: `values.${key}`, message })),
    })
}
