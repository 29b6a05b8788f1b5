import { clsx } from 'clsx'
import { useId } from 'react'
import { useT } from '#client/lib/use-t.ts'
import type { Conflict, Side } from '#nodes/graph/merge/conflict.ts'
import { exprOf } from '#nodes/graph/tags.ts'
import { isJsonObject, type Json } from '#nodes/kit/json.ts'
import type { useNames } from './use-names.ts'

interface ConflictCardProps {
  conflict: Conflict
  names: ReturnType<typeof useNames>
  chosen: Side | undefined
  onChoose: (side: Side) => void
  /** It is pointed at, or no more. */
  onLook: (looked: boolean) => void
}

/** One thing both changed: what it was, what each made of it, and which one stays. */
export function ConflictCard({ conflict, names, chosen, onChoose, onLook }: ConflictCardProps) {
  const t = useT('library')
  const name = useId()
  const { kind, node: key = '', field = '' } = conflict
  const node = names.nodeOf(key)
  const title =
    kind === 'changed'
      ? t('update.kinds.changed', { field: names.fieldOf(key, field), node })
      : kind === 'wires'
        ? t('update.kinds.wires', { node, port: field })
        : kind === 'setting'
          ? t('update.kinds.setting', { field: names.settingOf(field) })
          : t(`update.kinds.${kind}`, { node })
  return (
    <fieldset
      onPointerEnter={() => onLook(true)}
      onPointerLeave={() => onLook(false)}
      onFocus={() => onLook(true)}
      onBlur={() => onLook(false)}
      className="rounded-md border border-line bg-surface p-3"
    >
      <legend className="sr-only">{title}</legend>
      <p aria-hidden className="mb-2 font-medium">
        {title}
      </p>
      <div className="grid grid-cols-2 gap-2 phone:grid-cols-1">
        {(['mine', 'theirs'] as const).map((side) => (
          <label
            key={side}
            className={clsx(
              'flex min-w-0 cursor-pointer flex-col gap-1 rounded-sm border p-2.5 transition-colors duration-[120ms]',
              'has-focus-visible:outline-2 has-focus-visible:outline-accent',
              chosen === side ? 'border-accent bg-accent-soft' : 'border-line hover:border-edge',
            )}
          >
            <span className="flex items-center gap-2 font-medium text-sm">
              <input
                type="radio"
                name={name}
                checked={chosen === side}
                onChange={() => onChoose(side)}
                className="accent-accent"
              />
              {t(`update.${side}`)}
            </span>
            <Shown value={conflict[side]} conflict={conflict} names={names} />
          </label>
        ))}
      </div>
      {conflict.kind === 'changed' && (
        <div className="mt-2 flex min-w-0 gap-2 px-2.5 text-faint text-sm">
          <span className="shrink-0">{t('update.base')}:</span>
          <Shown value={conflict.base} conflict={conflict} names={names} />
        </div>
      )}
    </fieldset>
  )
}

type ShownProps = Pick<ConflictCardProps, 'conflict' | 'names'> & { value: Json | undefined }

/** A value as people read it: a step by its name, an expression by its source, the rest as data. */
function Shown({ value, conflict, names }: ShownProps) {
  const t = useT('library')
  if (value === undefined) return <span className="text-faint text-sm italic">{t('update.absent')}</span>
  if (conflict.kind === 'wires' && Array.isArray(value))
    return <span className="text-sm">{value.map((key) => names.nodeOf(String(key))).join(', ')}</span>
  if (conflict.field === 'parent') return <span className="text-sm">{names.nodeOf(String(value))}</span>
  if (conflict.field === undefined && isJsonObject(value))
    return <Data text={JSON.stringify(value.params ?? {}, null, 2)} />
  if (typeof value === 'string') return <Data text={value} />
  return <Data text={exprOf(value) ?? JSON.stringify(value, null, 2)} />
}

const Data = ({ text }: { text: string }) => (
  <code className="max-h-40 min-w-0 overflow-y-auto whitespace-pre-wrap break-words font-mono text-sm">
    {text}
  </code>
)
