import { agents } from './en/agents.ts'
import { attention } from './en/attention.ts'
import { editor } from './en/editor.ts'
import { effects } from './en/effects.ts'
import { forms } from './en/forms.ts'
import { library } from './en/library.ts'
import { monitoring } from './en/monitoring.ts'
import { nodes } from './en/nodes.ts'
import { pages } from './en/pages.ts'
import { people } from './en/people.ts'
import { problems } from './en/problems.ts'
import { replay } from './en/replay.ts'
import { shell } from './en/shell.ts'
import { ui } from './en/ui.ts'

export const messages = {
  ui,
  shell,
  pages,
  editor,
  forms,
  nodes,
  problems,
  agents,
  library,
  monitoring,
  people,
  replay,
  attention,
  effects,
}
