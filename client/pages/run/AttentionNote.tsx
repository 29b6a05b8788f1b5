import { TriangleAlert } from 'lucide-react'
import { Link } from 'react-router'
import type { RunRecord } from '#client/canvas/run-record.ts'
import { useTenant } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import { paths } from '../../paths.ts'

/** Where somebody decides about the steps of a run that wait for that; `node`: about those of one node. */
export function AttentionNote({ record, node }: { record: RunRecord; node?: string }) {
  const t = useT('replay')
  const { slug } = useTenant()
  if (record.status !== 'running') return null
  const tasks = [...record.visits.values()].flatMap(({ key, status, attention }) =>
    attention && status === 'waiting' && (node === undefined || key === node) ? [attention.task] : [],
  )
  const [first, second] = tasks
  if (first === undefined) return null
  return (
    <p className="flex items-center gap-2 rounded-sm border border-bad-line bg-bad-soft px-3 py-2 text-sm">
      <TriangleAlert aria-hidden className="size-4 shrink-0 text-bad" />
      <span className="min-w-0 grow">{t('attention.banner', { count: tasks.length })}</span>
      <Link
        to={second === undefined ? paths.attentionStep(slug, first) : paths.attention(slug)}
        className="shrink-0 font-medium text-accent hover:underline"
      >
        {t('attention.decide')}
      </Link>
    </p>
  )
}
