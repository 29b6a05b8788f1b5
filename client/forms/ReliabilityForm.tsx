import { useT } from '#client/lib/use-t.ts'
import { Field } from '#client/ui/Field.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import type { DocumentNode } from '#nodes/graph/document.ts'
import type { NodeInfo } from '#nodes/graph/node-info.ts'
import type { NodePatch } from './node-patch.ts'
import { OnFailureField } from './OnFailureField.tsx'

export interface ReliabilityFormProps {
  node: Pick<DocumentNode, 'reliability'>
  info: Pick<NodeInfo, 'retry' | 'timeoutMs' | 'effect' | 'role'>
  onChange: (patch: NodePatch) => void
  readOnly?: boolean
}

/** How often to try, how long to wait between tries and for an answer. Empty fields take the node's own. */
export function ReliabilityForm({ node, info, onChange, readOnly = false }: ReliabilityFormProps) {
  const t = useT('forms')
  const held = node.reliability ?? {}
  const set = (name: 'attempts' | 'delayMs' | 'timeoutMs', value: number | undefined) => {
    const { [name]: _, ...others } = held
    const next = value === undefined ? others : { ...others, [name]: value }
    onChange({ reliability: Object.keys(next).length === 0 ? undefined : next })
  }
  if (info.role !== 'step') return <p className="text-muted text-sm">{t('reliability.notHere')}</p>
  const attempts = held.attempts ?? info.retry.attempts
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <p className="rounded-sm border border-line bg-paper px-3 py-2 text-muted text-sm">
        {t(`reliability.effect.${info.effect}`)}
      </p>
      <Amount
        label={t('reliability.attempts')}
        help={t('reliability.attemptsHelp')}
        value={held.attempts}
        fallback={info.retry.attempts}
        range={[1, 20]}
        step={1}
        readOnly={readOnly}
        onChange={(value) => set('attempts', value)}
      />
      {attempts > 1 && (
        <Amount
          label={t('reliability.delay')}
          help={t('reliability.delayHelp')}
          value={seconds(held.delayMs)}
          fallback={info.retry.delayMs / 1000}
          range={[0, 3600]}
          unit={t('reliability.seconds')}
          readOnly={readOnly}
          onChange={(value) => set('delayMs', milliseconds(value))}
        />
      )}
      <Amount
        label={t('reliability.timeout')}
        help={t('reliability.timeoutHelp')}
        value={seconds(held.timeoutMs)}
        fallback={info.timeoutMs / 1000}
        range={[0.1, 86_400]}
        unit={t('reliability.seconds')}
        readOnly={readOnly}
        onChange={(value) => set('timeoutMs', milliseconds(value))}
      />
      <OnFailureField
        value={held.onFailure}
        readOnly={readOnly}
        onChange={(onFailure) => {
          const { onFailure: _, ...others } = held
          const next = onFailure ? { ...others, onFailure } : others
          onChange({ reliability: Object.keys(next).length === 0 ? undefined : next })
        }}
      />
    </div>
  )
}

const seconds = (ms: number | undefined) => (ms === undefined ? undefined : ms / 1000)
const milliseconds = (value: number | undefined) =>
  value === undefined ? undefined : Math.round(value * 1000)

interface AmountProps {
  label: string
  help: string
  value: number | undefined
  fallback: number
  range: readonly [number, number]
  step?: number
  unit?: string
  readOnly: boolean
  onChange: (value: number | undefined) => void
}

function Amount({ label, help, value, fallback, range, step, unit, readOnly, onChange }: AmountProps) {
  const t = useT('forms')
  const [min, max] = range
  const outside = value !== undefined && (value < min || value > max)
  return (
    <Field label={label} help={help} error={outside ? t('reliability.range', { min, max }) : undefined}>
      <div className="flex items-center gap-2">
        <div className="w-28">
          <TextInput
            type="number"
            inputMode="decimal"
            min={min}
            max={max}
            step={step ?? 'any'}
            value={value ?? ''}
            placeholder={String(fallback)}
            readOnly={readOnly}
            onChange={(event) => onChange(event.target.value === '' ? undefined : Number(event.target.value))}
            className="tabular-nums"
          />
        </div>
        {unit && <span className="text-muted text-sm">{unit}</span>}
        {value === undefined && <span className="text-faint text-sm">{t('reliability.default')}</span>}
      </div>
    </Field>
  )
}
