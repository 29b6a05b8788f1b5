import { useMemo, useState } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { FormError } from '#client/ui/FormError.tsx'
import type { NodeKey } from '#nodes/graph/document.ts'
import type { Values } from '#nodes/graph/library/parameter.ts'
import type { Choices, Side } from '#nodes/graph/merge/conflict.ts'
import { merge } from '#nodes/graph/merge/merge.ts'
import { Abilities } from './Abilities.tsx'
import { ChangeList } from './ChangeList.tsx'
import { ConflictCard } from './ConflictCard.tsx'
import { Part } from './ItemBody.tsx'
import { ParameterField } from './ParameterField.tsx'
import { Preview } from './Preview.tsx'
import type { Upgrade } from './row.ts'
import { useApplyUpgrade } from './use-apply-upgrade.ts'
import { useNames } from './use-names.ts'

interface UpgradeBodyProps {
  workflowId: string
  upgrade: Upgrade
  values: Values
  onValues: (values: Values) => void
}

/** Conflicts to decide at the left, what becomes of the workflow at the right; it follows every choice. */
export function UpgradeBody({ workflowId, upgrade, values, onValues }: UpgradeBodyProps) {
  const t = useT('library')
  const [choices, setChoices] = useState<Choices>({})
  const [looking, setLooking] = useState<NodeKey | null>(null)
  const { base, mine, theirs, conflicts } = upgrade
  // The same pure merge as on the server, so that a choice shows at once.
  const { document, changes } = useMemo(
    () => merge({ base, mine, theirs, choices }),
    [base, mine, theirs, choices],
  )
  const documents = useMemo(() => [mine, theirs, base], [mine, theirs, base])
  const names = useNames(documents)
  // On the canvas: the one at hand, else all there are.
  const marked = useMemo(
    () => (looking === null ? conflicts.flatMap(({ node }) => node ?? []) : [looking]),
    [conflicts, looking],
  )
  const apply = useApplyUpgrade({ workflowId, upgrade })
  const left = conflicts.filter(({ id }) => !Object.hasOwn(choices, id)).length
  const all = (side: Side) => setChoices(Object.fromEntries(conflicts.map(({ id }) => [id, side])))
  const errors = upgrade.problems.filter(({ severity }) => severity === 'error')
  const { capabilities: can } = upgrade
  const hasNew =
    can.hosts.length + can.nodes.length + can.triggers.length + can.connections.length + can.agents.length >
      0 ||
    can.anyHost ||
    can.code
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-x-8 gap-y-8 pt-2 max-[68rem]:grid-cols-1">
      <div className="flex min-w-0 flex-col gap-7">
        <Part title={t('update.news')}>
          {upgrade.news.map(({ number, changes: words }) => (
            <p key={number} className="mb-1.5 whitespace-pre-line break-words">
              <span className="font-medium">{t('version', { version: String(number) })}</span>{' '}
              <span className="text-muted">{words || t('update.noNews')}</span>
            </p>
          ))}
        </Part>
        {upgrade.parameters.length > 0 && (
          <Part title={t('update.newNeeds')}>
            <div className="flex flex-col gap-4">
              {upgrade.parameters.map((parameter) => (
                <ParameterField
                  key={parameter.key}
                  parameter={parameter}
                  value={values[parameter.key]}
                  onChange={(value) => {
                    const { [parameter.key]: _, ...others } = values
                    onValues(value === undefined ? others : { ...others, [parameter.key]: value })
                  }}
                />
              ))}
            </div>
          </Part>
        )}
        {conflicts.length > 0 && (
          <Part title={t('update.conflicts', { count: conflicts.length })}>
            <p className="mb-3 text-muted">{t('update.conflictsLead')}</p>
            {conflicts.length > 1 && (
              <div className="mb-3 flex flex-wrap gap-2">
                <Button size="sm" onClick={() => all('mine')}>
                  {t('update.allMine')}
                </Button>
                <Button size="sm" onClick={() => all('theirs')}>
                  {t('update.allTheirs')}
                </Button>
              </div>
            )}
            <div className="flex flex-col gap-3">
              {conflicts.map((conflict) => (
                <ConflictCard
                  key={conflict.id}
                  conflict={conflict}
                  names={names}
                  onLook={(looked) => setLooking((looked && conflict.node) || null)}
                  chosen={Object.hasOwn(choices, conflict.id) ? choices[conflict.id] : undefined}
                  onChoose={(side) => setChoices({ ...choices, [conflict.id]: side })}
                />
              ))}
            </div>
          </Part>
        )}
        {hasNew && (
          <Part title={t('update.newCan')}>
            <Abilities can={can} />
          </Part>
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-7">
        <Part title={t('update.result')}>
          <Preview key={JSON.stringify(choices)} document={document} height="h-96" marked={marked} />
        </Part>
        <Part title={t('update.changes', { count: changes.length })}>
          <ChangeList changes={changes} names={names} />
        </Part>
        <div className="sticky bottom-0 -mx-1 flex flex-col gap-2.5 border-line border-t bg-surface px-1 py-4">
          {errors.length > 0 && <p className="text-sm">{t('update.problems', { count: errors.length })}</p>}
          {apply.error && <FormError>{apply.error}</FormError>}
          <div className="flex flex-wrap items-center gap-3">
            <Button
              variant="primary"
              disabled={left > 0}
              busy={apply.busy}
              onClick={() => apply.submit({ choices, values })}
            >
              {t('update.apply')}
            </Button>
            <span aria-live="polite" className="text-muted text-sm">
              {conflicts.length > 0 ? t('update.left', { count: left }) : ''}
            </span>
          </div>
          <p className="text-faint text-sm">{t('update.applyHelp')}</p>
        </div>
      </div>
    </div>
  )
}
