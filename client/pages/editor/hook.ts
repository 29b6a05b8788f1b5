import type { DocumentNode } from '#nodes/graph/document.ts'
import type { NodeInfo } from '#nodes/graph/node-info.ts'
import { paths } from '../../paths.ts'

export interface Hook {
  method: string
  url: string
  /** As one would call it from a terminal. */
  curl: string
}

/** The address a webhook trigger answers at once it is published; null until it has a path. */
export function hookOf(node: DocumentNode, hookBase: string): Hook | null {
  const { path, method: drawn } = node.params
  if (typeof path !== 'string' || path === '') return null
  const method = typeof drawn === 'string' && drawn !== 'ANY' ? drawn : 'POST'
  const url = hookBase + path
  const body = method === 'GET' ? '' : ` -H 'content-type: application/json' -d '${sampleBody}'`
  return { method, url, curl: `curl -X ${method} '${url}'${body}` }
}

/** What a test call sends. */
export const sampleBody = '{"name":"Ada","total":120}'

export interface PublicAddress {
  kind: 'address' | 'event' | 'chat' | 'form'
  url: string
  curl?: string
}

/** Where a trigger is reached from outside; null for one that is not, or not yet. */
export function publicAddress(
  node: DocumentNode,
  about: { starts: NodeInfo['starts']; slug: string; hookBase: string; eventBase: string },
): PublicAddress | null {
  const path = typeof node.params.path === 'string' ? node.params.path : ''
  const page = (to: string) => new URL(to, about.hookBase).href
  switch (about.starts) {
    case 'webhook': {
      const hook = hookOf(node, about.hookBase)
      return hook && { kind: 'address', url: hook.url, curl: hook.curl }
    }
    case 'event':
      return { kind: 'event', url: about.eventBase + node.key }
    case 'chat':
      return path === '' ? null : { kind: 'chat', url: page(paths.chat(about.slug, path)) }
    case 'form':
      return path === '' ? null : { kind: 'form', url: page(paths.form(about.slug, path)) }
    case 'manual':
    case 'schedule':
    case 'poll':
    case 'call':
    case 'error':
    case undefined:
      return null
    default:
      return about.starts satisfies never
  }
}
