import type pg from 'pg'
import { StepFailure } from '#nodes/kit/failure.ts'
import type { FileRef } from '#nodes/kit/means.ts'
import { AppError } from '#server/errors.ts'
import { filesFor } from '#server/runtime/means/files.ts'

/** Keeps what was sent along with a form; the tenant's quota holds for it. */
export async function storeFiles(
  about: { engine: pg.Pool; tenantId: string },
  files: ReadonlyMap<string, File>,
): Promise<ReadonlyMap<string, FileRef>> {
  // The run that takes them begins only when they are here.
  const store = filesFor({ pool: about.engine, tenantId: about.tenantId, runId: null })
  const stored = new Map<string, FileRef>()
  for (const [field, file] of files) {
    const { name, type } = file
    const bytes = new Uint8Array(await file.arrayBuffer())
    stored.set(field, await store.write({ name, type, bytes }).catch(asRefusal))
  }
  return stored
}

/** Whoever fills in a form is not told how much room its owner has. */
function asRefusal(error: unknown): never {
  if (!(error instanceof StepFailure)) throw error
  throw new AppError('limit_reached', 'The files cannot be taken now; try again later or send none')
}
