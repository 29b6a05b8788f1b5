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
import { findWait, type Wait } from './find-wait.ts'

interface WaitCall {
  parts: HookParts
  slug: string
  path: string
  query: URLSearchParams
  request: FastifyRequest
}

/** Who tries addresses until one is somebody's is slow. */
const tries = createPace({ most: 120, everyMs: 60_000 })

/** The address where one run waits: for a call, or for a form that is filled in. */
export async function serveWait(call: WaitCall): Promise<Answer> {
  const { parts, slug, path, request } = call
  tries.step(`${slug} ${request.ip}`)
  const tenantId = await parts.tenantOf(slug)
  const wait = tenantId === null ? null : await findWait(parts.app, { tenantId, path })
  if (!wait) throw notFound()
  if (wait.kind === 'webhook') return takeCall(call, wait)
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (!isRead && request.method !== 'POST') throw wrongMethod('GET, POST')
  if (!wait.isOpen) throw closed()
  if (isRead) return json(200, { title: wait.title, description: wait.message, fields: wait.fields })
  return takeForm(call, wait)
}

async function takeForm({ parts, request }: WaitCall, wait: Wait): Promise<Answer> {
  const { fields, website } = await readSubmission(request)
  if (website) return json(200, { text: '', ok: true })
  const filled = fillIn(isJsonObject(wait.fields) ? wait.fields : {}, fields)
  if (filled.faults) throw notFilledIn(filled.faults)
  await answer(parts, { wait, value: filled.values })
  return json(200, { text: '', ok: true })
}

async function takeCall({ parts, request, query }: WaitCall, wait: Wait): Promise<Answer> {
  const { body, headers, method } = request
  // Whoever checks that an address is there has not called it.
  if (method === 'HEAD' || method === 'OPTIONS') throw wrongMethod('GET, POST, PUT, PATCH, DELETE')
  if (!wait.isOpen) throw closed()
  await answer(parts, {
    wait,
    value: {
      method,
      headers: incomingHeaders(headers),
      query: fromPairs(query),
      body: Buffer.isBuffer(body) ? readBody(body, headers['content-type']) : null,
    },
  })
  return json(202, { ok: true })
}

async function answer(parts: HookParts, { wait, value }: { wait: Wait; value: Json }) {
  const { tenantId, id: taskId } = wait
  const told = await parts.runtime.answer({ tenantId, taskId, answer: value, by: null })
  if (told === 'closed') throw closed()
}

/** It was answered, its time is over, or the run has ended: for who knows the address these are one. */
function closed() {
  return new HttpRefusal({ status: 410, code: 'closed', message: 'This needs no answer any more' })
}
