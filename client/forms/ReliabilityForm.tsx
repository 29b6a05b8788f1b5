import type { ReactNode } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { Field } from '#client/ui/Field.tsx'
import { Select } from '#client/ui/Select.tsx'
import type { DocumentNode, Problem } from '#nodes/graph/document.ts'
import type { NodeInfo } from '#nodes/graph/node-info.ts'
import { canCache, effectOf } from '#nodes/kit/effect.ts'
import type { Reliability } from '#nodes/kit/reliability.ts'
import { AmountField } from './AmountField.tsx'
import { milliseconds, seconds } from './milliseconds.ts'
import type { NodePatch } from './node-patch.ts'
import { ReliabilityGuards } from './ReliabilityGuards.tsx'

export interface ReliabilityFormProps {
  node: Pick<DocumentNode, 'reliability' | 'params' | 'connection'>
  info: Pick<
    NodeInfo,
    'retry' | 'timeoutMs' | 'effect' | 'readsWhen' | 'role' | 'group' | 'takesTools' | 'connection'
  >
  onChange: (patch: NodePatch) => void
  /** Those of this node; only what is about its reliability is shown here. */
  problems?: readonly Problem[]
  problemText?: (problem: Problem) => string
  readOnly?: boolean
}

const own = 'own'

/** How a step is tried again, limited, left alone and kept. Empty fields take the node's own. */
export function ReliabilityForm(props: ReliabilityFormProps) {
  const { node, info, onChange, problems = [], problemText = messageOf, readOnly = false } = props
  const t = useT('forms')
  const held = node.reliability ?? {}
  const set = (patch: Partial<Reliability>) => {
    const next = withoutAbsent({ ...held, ...patch })
    onChange({ reliability: Object.keys(next).length === 0 ? undefined : next })
  }
  const errorAt = (field: string) => {
    const found = problems.find((problem) => problem.field === `reliability.${field}`)
    return found && problemText(found)
  }
  if (info.role !== 'step') return <p className="text-muted text-sm">{t('reliability.notHere')}</p>
  const effect = effectOf(info, node.params)
  const attempts = held.attempts ?? info.retry.attempts
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <p className="rounded-sm border border-line bg-paper px-3 py-2 text-muted text-sm">
        {t(`reliability.effect.${effect}`)}
      </p>
      <Section title={t('reliability.again')}>
        <AmountField
          whole
          label={t('reliability.attempts')}
          help={t('reliability.attemptsHelp')}
          value={held.attempts}
          fallback={info.retry.attempts}
          range={[1, 20]}
          readOnly={readOnly}
          onChange={(value) => set({ attempts: value })}
        />
        {(attempts > 1 || held.delayMs !== undefined || held.backoff) && (
          <>
            <AmountField
              label={t('reliability.delay')}
              value={seconds(held.delayMs)}
              fallback={info.retry.delayMs / 1000}
              range={[0, 3600]}
              unit={t('reliability.seconds')}
              error={errorAt('delayMs')}
              readOnly={readOnly}
              onChange={(value) => set({ delayMs: milliseconds(value) })}
            />
            <Field
              label={t('reliability.backoff')}
              help={t('reliability.delayHelp')}
              error={errorAt('backoff')}
            >
              <Select
                value={held.backoff ?? own}
                disabled={readOnly}
                options={[
                  { value: own, label: t('reliability.backoffs.own') },
                  { value: 'exponential', label: t('reliability.backoffs.exponential') },
                  { value: 'fixed', label: t('reliability.backoffs.fixed') },
                ]}
                onChange={(value) => set({ backoff: value === own ? undefined : value })}
              />
            </Field>
          </>
        )}
        <AmountField
          label={t('reliability.timeout')}
          help={t('reliability.timeoutHelp')}
          value={seconds(held.timeoutMs)}
          fallback={info.timeoutMs / 1000}
          range={[0.1, 86_400]}
          unit={t('reliability.seconds')}
          readOnly={readOnly}
          onChange={(value) => set({ timeoutMs: milliseconds(value) })}
        />
        <Field label={t('reliability.onFailure')} help={t('reliability.onFailureHelp')}>
          <Select
            value={held.onFailure ?? own}
            disabled={readOnly}
            options={[
              { value: own, label: t('reliability.failures.own') },
              { value: 'fail', label: t('reliability.failures.fail') },
              { value: 'attention', label: t('reliability.failures.attention') },
            ]}
            onChange={(value) => set({ onFailure: value === own ? undefined : value })}
          />
        </Field>
      </Section>
      <ReliabilityGuards
        held={held}
        set={set}
        errorAt={errorAt}
        offers={{
          breaker: effect !== 'none' || info.connection !== undefined,
          cache: canCache(info, node.params),
          shared: node.connection !== undefined,
        }}
        readOnly={readOnly}
      />
    </div>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col gap-4">
      <h3 className="font-semibold text-sm">{title}</h3>
      {children}
    </section>
  )
}

const messageOf = ({ message }: Problem) => message

function withoutAbsent(value: Reliability): Reliability {
  const copy = { ...value }
  for (const [key, one] of Object.entries(value)) if (one === undefined) Reflect.deleteProperty(copy, key)
  return copy
}
