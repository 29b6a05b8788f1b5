import type { z } from 'zod'
import { fillIn } from '#nodes/kit/fill-in.ts'
import { schemaOfFields } from '#nodes/kit/form-fields.ts'
import type { JsonObject } from '#nodes/kit/json.ts'
import type { FileRef } from '#nodes/kit/means.ts'
import { triggerForm } from '#nodes/trigger/form.ts'
import { notFound } from '#server/errors.ts'
import { effectiveLimits } from '#server/runtime/limits.ts'
import type { NewRun } from '#server/runtime/runtime.ts'
import { goneSignal } from '../gone-signal.ts'
import type { Answer } from '../hooks/answer.ts'
import { becauseGone, notTaken } from '../hooks/because-gone.ts'
import type { HookCall, HookDoor } from '../hooks/hook-call.ts'
import { hookLimits } from '../hooks/limits.ts'
import { answerText } from '../public/answer-text.ts'
import { json } from '../public/json.ts'
import { createPace } from '../public/pace.ts'
import { triggerParams } from '../public/trigger-params.ts'
import { wrongMethod } from '../public/wrong-method.ts'
import { notFilledIn } from './not-filled-in.ts'
import { readSubmission, type Submission } from './read-submission.ts'
import { storeFiles } from './store-files.ts'

/** `look`: each reads the whole workflow. */
export const formPace = { address: 20, page: 600, look: 120 } as const

const MINUTE_MS = 60_000

type Form = z.output<typeof triggerForm.params>

/** A form page's own API: what to ask, and the answers. */
export function createFormDoor(): HookDoor {
  const paces = {
    address: createPace({ most: formPace.address, everyMs: MINUTE_MS }),
    page: createPace({ most: formPace.page, everyMs: MINUTE_MS }),
    look: createPace({ most: formPace.look, everyMs: MINUTE_MS }),
  }

  return async (call) => {
    const { parts, hook, request } = call
    if (hook.rest !== '') throw notFound()
    if (!['GET', 'HEAD', 'POST'].includes(request.method)) throw wrongMethod('GET, POST')
    const page = `${hook.tenantId} ${hook.workflowId} ${hook.nodeKey}`
    if (request.method === 'POST') {
      paces.address.step(`${page} ${request.ip}`)
      paces.page.step(page)
    } else paces.look.step(`${page} ${request.ip}`)
    const form = await triggerParams(parts.app, { trigger: hook, params: triggerForm.params })
    if (request.method !== 'POST') return json(200, settingsOf(form))
    const submission = await readSubmission(request)
    // Whoever fills in what nobody sees is told that all is well, and nothing happens.
    if (submission.website) return json(200, { text: form.thanks, ok: true })
    return take(call, { form, submission })
  }
}

function settingsOf({ title, description, fields }: Form) {
  return { title, description, fields: schemaOfFields(fields) }
}

async function take(
  call: HookCall,
  { form, submission }: { form: Form; submission: Submission },
): Promise<Answer> {
  const { parts, hook } = call
  const schema = schemaOfFields(form.fields)
  // Looked at before anything is kept: an answer that is refused leaves no files behind.
  const named = new Map([...submission.files].map(([name]) => [name, pending]))
  const checked = fillIn(schema, submission.fields, named)
  if (checked.faults) throw notFilledIn(checked.faults)
  const { tenantId, workflowId, version, nodeKey } = hook
  // Its run would be refused, when the files are kept already.
  if ((await effectiveLimits(parts.engine, tenantId)).suspended) throw notTaken()
  const files = await storeFiles({ engine: parts.engine, tenantId }, submission.files)
  const run: NewRun = {
    ...{ tenantId, workflowId, version, triggerKey: nodeKey, startedBy: 'form' },
    input: {
      fields: withFiles(checked.values, files),
      submittedAt: new Date().toISOString(),
    },
    ...(submission.id ? { dedupeKey: `form:${nodeKey}:${submission.id}` } : {}),
  }
  if (form.answer !== 'thanks') return answerOf(call, { form, run })
  await parts.runtime.accept(run).catch(becauseGone)
  return json(200, { text: form.thanks, ok: true })
}

/** Stands for a file until it is stored. */
const pending: FileRef = { file: '', name: '', type: '', size: 0 }

function withFiles(values: JsonObject, files: ReadonlyMap<string, FileRef>): JsonObject {
  const stored = [...files].map(([name, file]) => [name, { ...file }] as const)
  return { ...values, ...Object.fromEntries(stored) }
}

/** What a Respond node says, as text; the thanks when it does not come in time or at all. */
async function answerOf(
  { parts, reply }: HookCall,
  { form, run }: { form: Form; run: NewRun },
): Promise<Answer> {
  const signal = goneSignal(reply, parts.closing)
  const { result } = await parts.runtime.call(run, { waitMs: hookLimits.waitMs, signal }).catch(becauseGone)
  if (result?.status === 'responded' && result.response) {
    const { status, body } = result.response
    return json(200, { text: answerText(body) || form.thanks, ok: status < 400 })
  }
  // Its makers see why; who filled it in learns that it did not go well.
  if (result?.status === 'failed' || result?.status === 'cancelled')
    return json(200, { text: null, ok: false })
  return json(200, { text: form.thanks, ok: true })
}
