import type { WorkflowDocument } from '#nodes/graph/document.ts'

/** What the editor is given of a workflow. */
export interface Workflow {
  id: string
  name: string
  draft: WorkflowDocument
  draftRevision: number
  publishedVersion: number | null
  /** Since when its runs wait in line. */
  pausedAt: string | null
  hookBase: string
  /** With a trigger's key: where a service sends its events. */
  eventBase: string
  hasUnpublishedChanges: boolean
}
