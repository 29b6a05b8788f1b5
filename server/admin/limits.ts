import { z } from 'zod'
import type { AdminClient } from '#server/db/open.ts'
import { overLimits } from '#server/runtime/limits.ts'
import { requireTenant } from './tenants.ts'

const Runs = z.int().min(0).max(1_000_000)
const Daily = z.int().min(0).max(100_000_000)
const Cost = z.number().min(0).max(1_000_000)

/** A tenant's own limits. Null: the installation's default; absent: as it was. */
export const OwnLimits = z.strictObject({
  weight: z.int().min(1).max(1_000).optional(),
  concurrentRuns: Runs.nullish(),
  runsPerMinute: Runs.nullish(),
  queuedRuns: Runs.nullish(),
  dailyRuns: Daily.nullish(),
  overLimit: z.enum(overLimits).nullish(),
  storageMb: Runs.nullish(),
  monthlyCostUsd: Cost.nullish(),
})

/** What holds for every tenant without limits of its own. */
export const Defaults = z.strictObject({
  concurrentRuns: Runs.optional(),
  runsPerMinute: Runs.optional(),
  queuedRuns: Runs.optional(),
  dailyRuns: Daily.nullish(),
  overLimit: z.enum(overLimits).optional(),
  storageMb: Runs.optional(),
  monthlyCostUsd: Cost.nullish(),
})

export async function setLimits(
  admin: AdminClient,
  { tenantId, ...limits }: { tenantId: string } & z.infer<typeof OwnLimits>,
) {
  await changeTenant(admin, { tenantId, change: limits })
}

/** Nothing starts from now on, and what runs waits at its next step in line. */
export async function suspend(admin: AdminClient, { tenantId, why }: { tenantId: string; why: string }) {
  await changeTenant(admin, { tenantId, change: { suspendedAt: new Date(), suspendedWhy: why } })
}

export async function resume(admin: AdminClient, { tenantId }: { tenantId: string }) {
  await changeTenant(admin, { tenantId, change: { suspendedAt: null, suspendedWhy: null } })
}

/** Runs wait in line: of one tenant, or of all. */
export async function setQueuePaused(
  admin: AdminClient,
  { tenantId, at }: { tenantId?: string; at: Date | null },
) {
  if (tenantId) await changeTenant(admin, { tenantId, change: { pausedAt: at } })
  else await admin.installation.update({ where: { id: 1 }, data: { pausedAt: at } })
}

export async function readDefaults(admin: AdminClient) {
  const { concurrentRuns, runsPerMinute, queuedRuns, dailyRuns, overLimit, storageMb, monthlyCostUsd } =
    await admin.installation.findUniqueOrThrow({ where: { id: 1 } })
  return {
    concurrentRuns,
    runsPerMinute,
    queuedRuns,
    dailyRuns,
    overLimit: z.enum(overLimits).parse(overLimit),
    storageMb,
    monthlyCostUsd: monthlyCostUsd?.toNumber() ?? null,
  }
}

export async function setDefaults(admin: AdminClient, defaults: z.infer<typeof Defaults>) {
  await admin.installation.update({ where: { id: 1 }, data: defaults })
}

type Change = z.infer<typeof OwnLimits> & {
  pausedAt?: Date | null
  suspendedAt?: Date | null
  suspendedWhy?: string | null
}

async function changeTenant(admin: AdminClient, { tenantId, change }: { tenantId: string; change: Change }) {
  await requireTenant(admin, tenantId)
  await admin.tenantLimit.upsert({
    where: { tenantId },
    create: { tenantId, ...change },
    update: change,
  })
}
