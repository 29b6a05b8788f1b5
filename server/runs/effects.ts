import { findDefinition } from '#nodes/catalog.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { eachPage } from './each-page.ts'
import { type Effect, effectLedger } from './effect-ledger.ts'
import { readRun } from './read.ts'

/** More than these are counted, and not listed. */
const MOST = 1_000

/** What a run did to the world outside, in the order it began; `more` that are not listed. */
export async function readEffects(
  scope: TenantScope,
  { id }: { id: string },
): Promise<{ items: Effect[]; more: number }> {
  const { document } = await readRun(scope, { id })
  const ledger = effectLedger({ runId: id, document, find: findDefinition })
  for await (const page of eachPage(scope, { id })) for (const event of page) ledger.take(event)
  const all = ledger.entries()
  return { items: all.slice(0, MOST), more: Math.max(0, all.length - MOST) }
}
