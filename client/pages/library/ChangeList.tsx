import { useT } from '#client/lib/use-t.ts'
import type { Change } from '#nodes/graph/merge/changes.ts'
import type { useNames } from './use-names.ts'

const SHOWN = 200

/** What differs between two drawings, a line each. */
export function ChangeList({
  changes,
  names,
}: {
  changes: readonly Change[]
  names: ReturnType<typeof useNames>
}) {
  const t = useT('library')
  const line = (change: Change) => {
    switch (change.kind) {
      case 'field':
        return t('update.change.field', {
          field: names.fieldOf(change.node, change.field),
          node: names.nodeOf(change.node),
        })
      case 'node_added':
      case 'node_removed':
        return t(`update.change.${change.kind}`, { node: names.nodeOf(change.node) })
      case 'edge_added':
      case 'edge_removed': {
        const [from, to] = [names.nodeOf(change.edge.from), names.nodeOf(change.edge.to)]
        return t(`update.change.${change.kind}`, { from, to })
      }
      case 'setting':
        return t('update.change.setting', { field: names.settingOf(change.field) })
      default:
        return change satisfies never
    }
  }
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {changes.slice(0, SHOWN).map((change) => (
        <li key={JSON.stringify(change)} className="flex gap-2">
          <span aria-hidden className={marks[change.kind].className}>
            {marks[change.kind].sign}
          </span>
          <span className="min-w-0 break-words">{line(change)}</span>
        </li>
      ))}
      {changes.length > SHOWN && <li className="text-faint">+{changes.length - SHOWN}</li>}
    </ul>
  )
}

const marks = {
  node_added: { sign: '+', className: 'w-3 text-good font-mono' },
  edge_added: { sign: '+', className: 'w-3 text-good font-mono' },
  node_removed: { sign: '−', className: 'w-3 text-bad font-mono' },
  edge_removed: { sign: '−', className: 'w-3 text-bad font-mono' },
  field: { sign: '~', className: 'w-3 text-warn font-mono' },
  setting: { sign: '~', className: 'w-3 text-warn font-mono' },
} as const
