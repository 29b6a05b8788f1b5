import { agents } from './pt-BR/agents.ts'
import { attention } from './pt-BR/attention.ts'
import { editor } from './pt-BR/editor.ts'
import { effects } from './pt-BR/effects.ts'
import { forms } from './pt-BR/forms.ts'
import { library } from './pt-BR/library.ts'
import { monitoring } from './pt-BR/monitoring.ts'
import { nodes } from './pt-BR/nodes.ts'
import { pages } from './pt-BR/pages.ts'
import { people } from './pt-BR/people.ts'
import { problems } from './pt-BR/problems.ts'
import { replay } from './pt-BR/replay.ts'
import { shell } from './pt-BR/shell.ts'
import { ui } from './pt-BR/ui.ts'

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
