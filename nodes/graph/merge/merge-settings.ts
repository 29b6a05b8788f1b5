import type { WorkflowSettings } from '../document.ts'
import type { Ask, Three } from './conflict.ts'
import { pick } from './pick.ts'

/** The workflow's settings, one by one; undefined where none is left. */
export function mergeSettings(
  { base = {}, mine = {}, theirs = {} }: Partial<Three<WorkflowSettings>>,
  ask: Ask,
): WorkflowSettings | undefined {
  const merged: WorkflowSettings = {}
  const fieldOf = <Name extends keyof WorkflowSettings>(name: Name) => {
    const values = { base: base[name], mine: mine[name], theirs: theirs[name] }
    const value = pick(values, () => ask({ kind: 'setting', field: name }, values))
    if (value !== undefined) merged[name] = value
  }
  fieldOf('timeoutMinutes')
  fieldOf('orderingKey')
  fieldOf('onFailure')
  return Object.keys(merged).length > 0 ? merged : undefined
}
