/** The address of a hosted page's own API. */
export function apiOf({
  kind,
  tenant,
  name,
}: {
  kind: 'chat' | 'form' | 'wait'
  tenant: string
  name: string
}) {
  const places = { chat: 'chat', form: 'forms', wait: 'wait' } as const
  return `/hooks/${tenant}/${places[kind]}/${name}`
}

/** How a request of a hosted page ended: what it gave, or how it was refused. */
export type Reply =
  | { ok: true; body: unknown }
  | { ok: false; status: number; body: unknown }
  /** Nobody answered. */
  | { ok: false; status: 0; body: null }

/** Asks without cookies: these pages are for nobody in particular. */
export async function ask(url: string, init: RequestInit = {}): Promise<Reply> {
  try {
    const answer = await fetch(url, { ...init, credentials: 'omit' })
    const body: unknown = await answer.json().catch(() => null)
    return answer.ok ? { ok: true, body } : { ok: false, status: answer.status, body }
  } catch {
    return { ok: false, status: 0, body: null }
  }
}

export const askJson = (url: string, body: unknown) =>
  ask(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const textIn = (value: unknown, name: string): string => {
  const found = isObject(value) ? value[name] : undefined
  return typeof found === 'string' ? found : ''
}
