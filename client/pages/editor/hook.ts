import type { DocumentNode } from '#nodes/graph/document.ts'

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
