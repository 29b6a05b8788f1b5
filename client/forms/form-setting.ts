import { createContext, useContext } from 'react'
import type { Problem } from '#nodes/graph/document.ts'
import { createPicking, type Picking } from './picking.ts'
import { emptyScope, type FieldScope } from './scope.ts'

export interface ConnectionChoice {
  id: string
  name: string
  kind: string
}

/** What all fields of a form share. */
export interface FormSetting {
  scope: FieldScope
  picking: Picking
  /** Of this node only. */
  problems: readonly Problem[]
  problemText: (problem: Problem) => string
  readOnly: boolean
  /** The node is a tool: what fields take may be left to its agent. */
  tool: boolean
  /** The list the step repeats over, as an expression. */
  repeatList: string | null
  /** Makes the step repeat over a list, together with the change that `change` makes to a field. */
  repeatOver: (list: string, change: () => void) => void
  connections?: readonly ConnectionChoice[]
  /** The node's own connection. */
  connection?: string
  /** Of the tenant, to choose from. */
  workflows?: readonly { id: string; name: string }[]
  /** Asks for one of these kinds, any when empty; `made` is told its id, if it comes to be. */
  onNewConnection?: (kinds: readonly string[], made: (id: string) => void) => void
  /** The next times of a schedule. */
  previewSchedule?: (cron: string, zone: string) => Promise<string[]>
  /** The time zone set in this form, for the preview of its schedule. */
  zone?: string
}

const Context = createContext<FormSetting>({
  scope: emptyScope,
  picking: createPicking(),
  problems: [],
  problemText: (problem) => problem.message,
  readOnly: false,
  tool: false,
  repeatList: null,
  repeatOver: (_list, change) => change(),
})

export const FormProvider = Context.Provider
export const useForm = () => useContext(Context)
