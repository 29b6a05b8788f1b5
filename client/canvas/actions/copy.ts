import { Copy } from 'lucide-react'
import { fragment } from '../clipboard.ts'
import type { Action, Editor } from './action.ts'

/** Puts the chosen nodes on the clipboard, as text that another workflow or installation can read. */
export async function copyChosen({ store }: Editor): Promise<void> {
  const { document, selected } = store.getState()
  await navigator.clipboard.writeText(JSON.stringify(fragment(document, [...selected]), null, 2))
}

export const copy: Action = {
  id: 'copy',
  icon: Copy,
  shortcuts: ['Mod+C'],
  byEvent: true,
  when: ({ store }) => store.getState().selected.size > 0,
  perform: copyChosen,
}
