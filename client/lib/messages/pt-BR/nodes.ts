import type { nodes as en } from '../en/nodes.ts'
import type { Translation } from '../translation.ts'

export const nodes: Translation<typeof en> = {}
