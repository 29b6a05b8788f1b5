import { useT } from '#client/lib/use-t.ts'
import type { Compared } from './Comparison.tsx'

type Difference = Compared['output']['differences'][number]

/** Where two values differ, and what each side has there. */
export function Differences({ differences, more }: { differences: readonly Difference[]; more: boolean }) {
  const t = useT('replay')
  return (
    <>
      <ul className="flex flex-col gap-3">
        {differences.map((difference) => (
          <li key={JSON.stringify(difference.path)} className="min-w-0">
            <p className="mb-1 break-all font-mono text-muted text-xs">
              {difference.path.length === 0 ? t('compare.whole') : pathText(difference.path)}
            </p>
            <div className="grid grid-cols-2 gap-2 phone:grid-cols-1">
              <Side value={difference.left} label={t('compare.left')} look="bg-bad-soft" />
              <Side value={difference.right} label={t('compare.right')} look="bg-good-soft" />
            </div>
          </li>
        ))}
      </ul>
      {more && <p className="mt-2 text-faint text-sm">{t('compare.moreDifferences')}</p>}
    </>
  )
}

function Side({ value, label, look }: { value: Difference['left']; label: string; look: string }) {
  const t = useT('replay')
  if (!value)
    return <p className="rounded-sm bg-sunken px-2.5 py-1.5 text-faint text-sm">{t('compare.absent')}</p>
  return (
    <div className={`min-w-0 rounded-sm px-2.5 py-1.5 ${look}`}>
      <span className="sr-only">{label}: </span>
      <code className="block max-h-60 overflow-y-auto whitespace-pre-wrap break-words font-mono text-ink text-sm">
        {value.text}
        {value.cut && '…'}
      </code>
      {value.cut && <span className="text-muted text-xs">{t('compare.cut')}</span>}
    </div>
  )
}

/** `orders[2].total`, as an expression would say it. */
function pathText(path: Difference['path']): string {
  return path
    .map((part, at) => {
      if (typeof part === 'number') return `[${part}]`
      if (/^[A-Za-z_$][\w$]*$/.test(part)) return at === 0 ? part : `.${part}`
      return `[${JSON.stringify(part)}]`
    })
    .join('')
}
