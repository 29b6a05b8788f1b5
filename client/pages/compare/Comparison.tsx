import { useMemo, useState } from 'react'
import type { Outputs } from '#client/lib/router-types.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Switch } from '#client/ui/Switch.tsx'
import { ComparedStep } from './ComparedStep.tsx'
import { Differences } from './Differences.tsx'
import { RunCard } from './RunCard.tsx'
import { useNodeNames } from './use-node-names.ts'

export type Compared = Outputs['runs']['compare']

const PAGE = 200

/** The two runs, what differs in short, and their steps. */
export function Comparison({ comparison }: { comparison: Compared }) {
  const t = useT('replay')
  const { left, right, steps, output, more } = comparison
  const [onlyDifferences, setOnlyDifferences] = useState(true)
  const [shown, setShown] = useState(PAGE)
  const nameOf = useNodeNames(comparison.nodes)
  const rows = useMemo(
    () => (onlyDifferences ? steps.filter(({ verdict }) => verdict !== 'same') : steps),
    [steps, onlyDifferences],
  )
  return (
    <>
      <div className="grid grid-cols-2 gap-3 phone:grid-cols-1">
        <RunCard run={left} label={t('compare.left')} />
        <RunCard run={right} label={t('compare.right')} />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <Summary steps={steps} />
        <Switch
          label={t('compare.onlyDifferences')}
          checked={onlyDifferences}
          onChange={setOnlyDifferences}
        />
      </div>
      {more && <p className="text-muted text-sm">{t('compare.moreSteps')}</p>}
      {rows.length === 0 ? (
        <EmptyState
          drawing="runs"
          title={t('compare.equal')}
          action={<Button onClick={() => setOnlyDifferences(false)}>{t('compare.showAll')}</Button>}
        >
          {t('compare.equalBody')}
        </EmptyState>
      ) : (
        <ol className="divide-y divide-line rounded-md border border-line bg-surface">
          {rows.slice(0, shown).map((step) => (
            <ComparedStep key={step.step} step={step} title={nameOf(step.step)} />
          ))}
        </ol>
      )}
      {rows.length > shown && (
        <Button className="self-center" onClick={() => setShown(shown + PAGE)}>
          {t('compare.next')}
        </Button>
      )}
      {output.differences.length > 0 && (
        <section>
          <h2 className="mb-2 font-semibold text-lg">{t('compare.output')}</h2>
          <div className="rounded-md border border-line bg-surface p-3">
            <Differences differences={output.differences} more={output.more} />
          </div>
        </section>
      )}
    </>
  )
}

function Summary({ steps }: Pick<Compared, 'steps'>) {
  const t = useT('replay')
  const count = (verdict: Compared['steps'][number]['verdict']) =>
    steps.filter((step) => step.verdict === verdict).length
  const parts = [
    { key: 'changed', count: count('changed') },
    { key: 'onlyLeft', count: count('only_left') },
    { key: 'onlyRight', count: count('only_right') },
    { key: 'same', count: count('same') },
  ] as const
  return (
    <p className="flex flex-wrap gap-x-4 text-muted text-sm tabular-nums">
      {parts
        .filter((part) => part.count > 0)
        .map((part) => (
          <span key={part.key}>{t(`compare.summary.${part.key}`, { count: part.count })}</span>
        ))}
    </p>
  )
}
