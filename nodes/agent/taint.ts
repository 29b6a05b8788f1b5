import type { Tool } from '../kit/index.ts'

/** Whose approval a tool call needs, and whether the maker asked for it or the content does. */
export interface NeededApproval {
  role: 'editor' | 'admin' | 'owner'
  why: 'maker' | 'outside'
}

/**
 * Prompts are no boundary (security D-22): once words of people outside are in the conversation, a tool that changes
 * something goes only where the maker pinned it to, or a person looks first.
 */
export function approvalFor(
  tool: Pick<Tool, 'approval' | 'felt' | 'pinned'>,
  tainted: boolean,
): NeededApproval | null {
  if (tool.approval) return { role: tool.approval, why: 'maker' }
  return tainted && tool.felt && !tool.pinned ? { role: 'editor', why: 'outside' } : null
}
