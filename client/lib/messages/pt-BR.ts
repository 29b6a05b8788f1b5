import { editor } from './pt-BR/editor.ts'
import { forms } from './pt-BR/forms.ts'
import { nodes } from './pt-BR/nodes.ts'
import { pages } from './pt-BR/pages.ts'
import { problems } from './pt-BR/problems.ts'
import { shell } from './pt-BR/shell.ts'
import { ui } from './pt-BR/ui.ts'

export const messages = { ui, shell, pages, editor, forms, nodes, problems }
