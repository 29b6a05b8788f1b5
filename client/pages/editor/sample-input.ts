import { remember, remembered } from '#client/lib/storage.ts'
import type { DocumentNode } from '#nodes/graph/document.ts'
import type { NodeInfo } from '#nodes/graph/node-info.ts'
import { isJsonObject, type Json } from '#nodes/kit/json.ts'

const name = (workflowId: string, trigger: string) => `sample.${workflowId}.${trigger}`

/** What a run by hand starts with: what was given last time, else an example made for this trigger. */
export function sampleInput(workflowId: string, trigger: { node: DocumentNode; info: NodeInfo }): string {
  return remembered(name(workflowId, trigger.node.key)) ?? JSON.stringify(exampleOf(trigger), null, 2)
}

export function rememberSample(workflowId: string, sample: { trigger: string; text: string }): void {
  remember(name(workflowId, sample.trigger), sample.text)
}

function exampleOf({ node, info }: { node: DocumentNode; info: NodeInfo }): Json {
  const example = info.examples.find((each) => each.output !== undefined)?.output ?? {}
  if (info.starts === 'manual') return node.params.sample ?? {}
  if (info.starts !== 'webhook' || !isJsonObject(example)) return example
  const { method, path } = node.params
  return {
    ...example,
    ...(typeof method === 'string' && method !== 'ANY' ? { method } : {}),
    ...(typeof path === 'string' ? { path } : {}),
  }
}

/** The JSON somebody typed, or null when it is not JSON. */
export function readInput(text: string): { value: Json } | null {
  if (text.trim() === '') return { value: null }
  try {
    const value: Json = JSON.parse(text)
    return { value }
  } catch {
    return null
  }
}
