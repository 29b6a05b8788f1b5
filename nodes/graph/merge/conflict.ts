import type { Json } from '../../kit/json.ts'
import type { NodeKey } from '../document.ts'

export const sides = ['mine', 'theirs'] as const
export type Side = (typeof sides)[number]

/** Which side was chosen, by the conflict's id. */
export type Choices = Readonly<Record<string, Side>>

/** The same thing in the three documents of a merge. */
export interface Three<T> {
  base: T
  mine: T
  theirs: T
}

/**
 * What both sides changed differently. `changed`: one field; `added`: both added a node of one key; `removed_by_me`
 * and `removed_by_them`: one side removed what the other worked on; `wires`: both led a way out elsewhere; `setting`:
 * one setting of the workflow.
 */
export type ConflictKind = 'changed' | 'added' | 'removed_by_me' | 'removed_by_them' | 'wires' | 'setting'

export interface Conflict {
  /** The same for the same three documents, whatever was chosen. */
  id: string
  kind: ConflictKind
  /** Absent for a setting of the workflow. */
  node?: NodeKey
  /** Dot path in the node, such as `params.url`; the port for `wires`. Absent: the whole node. */
  field?: string
  /** Absent where there is nothing: removed, or not yet there. */
  base?: Json
  mine?: Json
  theirs?: Json
}

export type Ask = (about: Omit<Conflict, 'id' | 'base' | 'mine' | 'theirs'>, values: Three<unknown>) => Side

/** Notes conflicts as they are met and answers what was chosen; mine where nothing was. */
export function asking(choices: Choices): { ask: Ask; conflicts: Conflict[] } {
  const conflicts: Conflict[] = []
  const ask: Ask = (about, { base, mine, theirs }) => {
    const id = [about.kind, about.node, about.field].filter((part) => part !== undefined).join('/')
    conflicts.push({
      id,
      ...about,
      ...(base === undefined ? {} : { base: asJson(base) }),
      ...(mine === undefined ? {} : { mine: asJson(mine) }),
      ...(theirs === undefined ? {} : { theirs: asJson(theirs) }),
    })
    return Object.hasOwn(choices, id) && choices[id] === 'theirs' ? 'theirs' : 'mine'
  }
  return { ask, conflicts }
}

/** A copy without absent keys. What is in a document is JSON; its types only do not say so. */
const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value))
