import { fail, type HttpReply, isJsonObject, type Json, z } from '../kit/index.ts'

const most = z.number().int().min(1).max(100).default(10).meta({
  title: 'Pages at most',
  description: 'There are at most 100.',
})
const list = z.string().max(200).default('').meta({
  title: 'The list is in',
  description: 'A field of the response, such as data.orders; empty when the response is the list.',
  placeholder: 'data',
})

export const Pages = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('one') }).meta({ title: 'No' }),
    z
      .object({
        kind: z.literal('next'),
        next: z.string().min(1).max(200).default('next').meta({
          title: 'The next address is in',
          description: 'A field of the response.',
          placeholder: 'links.next',
        }),
        list,
        most,
      })
      .meta({ title: 'By the address of the next page' }),
    z.object({ kind: z.literal('link'), list, most }).meta({ title: 'By the header Link' }),
    z
      .object({
        kind: z.literal('number'),
        name: z
          .string()
          .min(1)
          .max(100)
          .default('page')
          .meta({ title: 'Name in the query', placeholder: 'page' }),
        first: z.number().int().min(0).max(1_000_000).default(1).meta({ title: 'First page' }),
        list,
        most,
      })
      .meta({ title: 'By number' }),
    z
      .object({
        kind: z.literal('cursor'),
        name: z
          .string()
          .min(1)
          .max(100)
          .default('cursor')
          .meta({ title: 'Name in the query', placeholder: 'cursor' }),
        next: z.string().min(1).max(200).default('next_cursor').meta({
          title: 'The next cursor is in',
          description: 'A field of the response.',
          placeholder: 'next_cursor',
        }),
        list,
        most,
      })
      .meta({ title: 'By cursor' }),
  ])
  .default({ kind: 'one' })
  .meta({
    title: 'Several pages',
    description: 'Fetches one page after the other; the body is then the list of all their elements.',
  })
export type Pages = z.output<typeof Pages>
type Several = Exclude<Pages, { kind: 'one' }>

const MOST_ELEMENTS = 100_000

/** Fetches pages until there is no next one, and puts their lists together. */
export async function allPages(
  pages: Several,
  { url, fetch }: { url: string; fetch: (url: string) => Promise<HttpReply> },
): Promise<HttpReply & { pages: number }> {
  const elements: Json[] = []
  let next: string | null = pages.kind === 'number' ? withQuery(url, pages.name, String(pages.first)) : url
  for (let count = 1; ; count += 1) {
    const reply: HttpReply = await fetch(next)
    if (reply.status >= 400) return { ...reply, pages: count }
    const found = listIn(reply.body, pages.list)
    elements.push(...found)
    if (elements.length > MOST_ELEMENTS)
      throw fail(
        'too_many_elements',
        `The pages hold more than ${MOST_ELEMENTS} elements. Ask for fewer pages.`,
      )
    next = count >= pages.most ? null : nextOf(pages, { reply, found, url, at: next, count })
    if (next === null) return { ...reply, body: elements, pages: count }
  }
}

function nextOf(
  pages: Several,
  about: { reply: HttpReply; found: readonly Json[]; url: string; at: string; count: number },
): string | null {
  const { reply, found, url, at, count } = about
  switch (pages.kind) {
    case 'next':
      return sameOrigin(textOf(valueAt(reply.body, pages.next)), at)
    case 'link':
      return sameOrigin(/<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(reply.headers.link ?? '')?.[1] ?? '', at)
    case 'number':
      return found.length === 0 ? null : withQuery(url, pages.name, String(pages.first + count))
    case 'cursor': {
      const cursor = textOf(valueAt(reply.body, pages.next))
      return cursor === '' ? null : withQuery(url, pages.name, cursor)
    }
  }
  return pages satisfies never
}

/** The headers of the request go along: another server may not have them by writing its address into an answer. */
function sameOrigin(written: string, at: string): string | null {
  if (written === '') return null
  const next = URL.canParse(written, at) ? new URL(written, at) : null
  if (next?.origin === new URL(at).origin) return next.href
  throw fail(
    'other_origin',
    `The next page is said to be at “${written.slice(0, 100)}”, which is another server.`,
  )
}

function listIn(body: Json, path: string): readonly Json[] {
  const value = path === '' ? body : valueAt(body, path)
  if (Array.isArray(value)) return value
  const where = path === '' ? 'The response' : `The field ${path} of the response`
  throw fail('no_list', `${where} is not a list, so its pages cannot be put together.`)
}

/** `data.orders`, `0.next`; undefined where there is nothing. */
function valueAt(body: Json, path: string): Json | undefined {
  return path.split('.').reduce<Json | undefined>((value, name) => {
    if (Array.isArray(value)) return value[Number(name)]
    return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
  }, body)
}

const textOf = (value: Json | undefined) =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''

function withQuery(url: string, name: string, value: string): string {
  const whole = new URL(url)
  whole.searchParams.set(name, value)
  return whole.href
}
