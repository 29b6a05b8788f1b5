import { editor } from './en/editor.ts'
import { forms } from './en/forms.ts'
import { nodes } from './en/nodes.ts'
import { pages } from './en/pages.ts'
import { problems } from './en/problems.ts'
import { shell } from './en/shell.ts'
import { ui } from './en/ui.ts'

export const messages = { ui, shell, pages, editor, forms, nodes, problems }
