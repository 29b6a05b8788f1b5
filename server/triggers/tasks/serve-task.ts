import type { FastifyRequest } from 'fastify'
import { fillIn } from '#nodes/kit/fill-in.ts'
import { isJsonObject, type Json } from '#nodes/kit/json.ts'
import { notFound } from '#server/errors.ts'
import { notFilledIn } from '../forms/not-filled-in.ts'
import { readSubmission } from '../forms/read-submission.ts'
import type { Answer } from '../hooks/answer.ts'
import { fromPairs } from '../hooks/from-pairs.ts'
import { incomingHeaders } from '../hooks/headers.ts'
import type { HookParts } from '../hooks/hook-call.ts'
import { readBody } from '../hooks/read-body.ts'
import { HttpRefusal } from '../http-refusal.ts'
import { json } from '../public/json.ts'
import { createPace } from '../public/pace.ts'
import { wrongMethod } from '../public/wrong-method.ts'
import { findTask, type PublicTask } from './find-task.ts'

export interface TaskCall {
  parts: HookParts
  slug: string
  address: { id: string; key: string }
  query: URLSearchParams
  request: FastifyRequest
}

const tries = createPace({ most: 120, everyMs: 60_000 })

/** The address of one question of one run: a form to fill in, or a call that the run waits for. */
export async function serveTask(call: TaskCall): Promise<Answer> {
  const { parts, slug, address, request } = call
  tries.step(`${address.id} ${request.ip}`)
  const tenantId = await parts.tenantOf(slug)
  const task = tenantId === null ? null : await findTask(parts.app, { tenantId, ...address })
  if (!task) throw notFound()
  if (task.kind === 'webhook') return takeCall(call, task)
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (!isRead && request.method !== 'POST') throw wrongMethod('GET, POST')
  if (!task.isOpen) throw closed()
  if (isRead) return json(200, { title: task.title, description: task.message, fields: task.fields })
  return takeForm(call, task)
}

async function takeForm({ parts, request }: TaskCall, task: PublicTask): Promise<Answer> {
  const { fields, website } = await readSubmission(request)
  if (website) return json(200, { text: '', ok: true })
  const filled = fillIn(isJsonObject(task.fields) ? task.fields : {}, fields)
  if (filled.faults) throw notFilledIn(filled.faults)
  await answer(parts, { task, value: filled.values })
  return json(200, { text: '', ok: true })
}

async function takeCall({ parts, request, query }: TaskCall, task: PublicTask): Promise<Answer> {
  // Whoever checks that an address is there has not called it.
  if (request.method === 'HEAD' || request.method === 'OPTIONS')
    throw wrongMethod('GET, POST, PUT, PATCH, DELETE')
  if (!task.isOpen) throw closed()
  const { body, headers, method } = request
  await answer(parts, {
    task,
    value: {
      method,
      headers: incomingHeaders(headers),
      query: fromPairs(query),
      body: Buffer.isBuffer(body) ? readBody(body, headers['content-type']) : null,
    },
  })
  return json(202, { ok: true })
}

async function answer(parts: HookParts, { task, value }: { task: PublicTask; value: Json }) {
  const { tenantId, id: taskId } = task
  const told = await parts.runtime.answer({ tenantId, taskId, answer: value, by: null })
  if (told === 'closed') throw closed()
}

/** It was answered, its time is over, or the run has ended: for who has the address these are one. */
function closed() {
  return new HttpRefusal({ status: 410, code: 'closed', message: 'This needs no answer any more' })
}
