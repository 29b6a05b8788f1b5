import type { DocumentNode } from '#nodes/graph/document.ts'

/** What a form changes of a node: the keys that are there replace the node's, undefined removes. */
export type NodePatch = Partial<
  Pick<DocumentNode, 'params' | 'repeat' | 'connection' | 'reliability' | 'tool'>
>
