import { type Http, isJsonObject, type JsonObject } from '../kit/index.ts'
import { callGoogle, gmailUrl } from './call.ts'

/** How many messages are asked for side by side. */
const AT_ONCE = 5
const PAGE = 100

/** Ids of messages that fit Gmail's search, the newest first. */
export async function idsOf(
  http: Http,
  about: { q: string; label?: string; most: number },
): Promise<string[]> {
  const ids: string[] = []
  let pageToken = ''
  do {
    const query = new URLSearchParams({
      ...(about.q === '' ? {} : { q: about.q }),
      ...(about.label ? { labelIds: about.label } : {}),
      maxResults: String(Math.min(PAGE, about.most - ids.length)),
      ...(pageToken === '' ? {} : { pageToken }),
    })
    const page = await callGoogle(http, { url: `${gmailUrl}/messages?${query}` })
    for (const one of Array.isArray(page.messages) ? page.messages : [])
      if (isJsonObject(one) && typeof one.id === 'string') ids.push(one.id)
    pageToken = typeof page.nextPageToken === 'string' ? page.nextPageToken : ''
  } while (pageToken !== '' && ids.length < about.most)
  return ids.slice(0, about.most)
}

/** The messages themselves, in the order of the ids; what was deleted meanwhile is left out. */
export async function messagesOf(
  http: Http,
  { ids, format }: { ids: readonly string[]; format: 'full' | 'metadata' },
): Promise<JsonObject[]> {
  const found: JsonObject[] = []
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE)
    const replies = await Promise.all(
      some.map((id) => http({ url: `${gmailUrl}/messages/${encodeURIComponent(id)}?format=${format}` })),
    )
    for (const reply of replies) {
      if (reply.status === 404) continue
      found.push(await callGoogle(async () => reply, { url: gmailUrl }))
    }
  }
  return found
}
