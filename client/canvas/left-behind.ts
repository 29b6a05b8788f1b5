import { z } from 'zod'
import { WorkflowDocument } from '#nodes/graph/document.ts'

const LeftBehind = z.object({ revision: z.number(), document: WorkflowDocument })
export type LeftBehind = z.infer<typeof LeftBehind>

const name = (workflowId: string) => `trama.draft.${workflowId}`

/** Keeps a draft that the page closed on before it was saved. */
export function leaveBehind(workflowId: string, draft: LeftBehind): void {
  try {
    localStorage.setItem(name(workflowId), JSON.stringify(draft))
  } catch {
    // A full or forbidden store: the browser's own question before leaving still holds.
  }
}

/** The draft left behind on this revision; an older one is dropped, for the server has moved on. */
export function takeLeftBehind(workflowId: string, revision: number): WorkflowDocument | null {
  try {
    const text = localStorage.getItem(name(workflowId))
    if (text === null) return null
    localStorage.removeItem(name(workflowId))
    const draft = LeftBehind.safeParse(JSON.parse(text)).data
    return draft?.revision === revision ? draft.document : null
  } catch {
    return null
  }
}
