import { type Fault, faults } from '#nodes/kit/fill-in.ts'
import type { JsonObject } from '#nodes/kit/json.ts'
import { ask, askJson, isObject, type Reply, textIn } from '../people/api.ts'

export interface Filled {
  values: JsonObject
  files: ReadonlyMap<string, File>
  /** Only programs fill it in. */
  website: string
  id: string
}

/** What came of sending a form. */
export type Outcome =
  | { kind: 'done'; text: string }
  | { kind: 'refused'; text: string }
  | { kind: 'failed' }
  | { kind: 'gone' }
  | { kind: 'closed' }
  | { kind: 'faults'; faults: ReadonlyMap<string, Fault> }
  | { kind: 'trouble'; trouble: 'offline' | 'tooMany' | 'busy' | 'tooLarge' | 'notTaken' }

export async function sendForm(url: string, { values, files, website, id }: Filled): Promise<Outcome> {
  const answers = { fields: values, website, id }
  return outcomeOf(files.size > 0 ? await ask(url, withFiles(answers, files)) : await askJson(url, answers))
}

function withFiles(answers: object, files: ReadonlyMap<string, File>): RequestInit {
  const body = new FormData()
  body.set('answers', JSON.stringify(answers))
  for (const [name, file] of files) body.set(name, file)
  return { method: 'POST', body }
}

export function outcomeOf(reply: Reply): Outcome {
  if (reply.ok) {
    const text = textIn(reply.body, 'text')
    if (isObject(reply.body) && reply.body.ok === true) return { kind: 'done', text }
    return text === '' ? { kind: 'failed' } : { kind: 'refused', text }
  }
  switch (reply.status) {
    case 0:
      return { kind: 'trouble', trouble: 'offline' }
    case 404:
      return { kind: 'gone' }
    case 410:
      return { kind: 'closed' }
    case 413:
      return { kind: 'trouble', trouble: 'tooLarge' }
    case 429:
      return { kind: 'trouble', trouble: 'tooMany' }
    case 400: {
      const found = faultsIn(reply.body)
      return found.size > 0 ? { kind: 'faults', faults: found } : { kind: 'trouble', trouble: 'notTaken' }
    }
    default:
      return { kind: 'trouble', trouble: reply.status >= 500 ? 'busy' : 'notTaken' }
  }
}

function faultsIn(body: unknown): Map<string, Fault> {
  const details = isObject(body) ? body.details : null
  const list = isObject(details) && Array.isArray(details.faults) ? details.faults : []
  return new Map(
    list.flatMap((one: unknown) => {
      const fault = faults.find((fault) => fault === textIn(one, 'fault'))
      return fault ? [[textIn(one, 'name'), fault] as const] : []
    }),
  )
}
