import { useFormat } from '#client/lib/format.ts'
import { useT } from '#client/lib/use-t.ts'
import type { RowNote } from './row-note.ts'
import { useStepTitle } from './use-step-title.ts'

/** A note in the viewer's words. */
export function useRowNote(): (note: RowNote) => string {
  const t = useT('replay')
  const format = useFormat()
  const title = useStepTitle()
  return (note) => {
    switch (note.kind) {
      case 'retrying':
        return t('notes.retrying', {
          attempt: String(note.attempt),
          of: String(note.of),
          at: format.near(note.byMs),
        })
      case 'until':
        return t('notes.until', { at: format.near(note.atMs) })
      case 'undoes':
        return t('notes.undoes', { step: title(note.step) })
      default:
        return t(`notes.${note.kind}`)
    }
  }
}
