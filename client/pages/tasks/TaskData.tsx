import { JsonView } from '#client/forms/JsonView.tsx'
import { useT } from '#client/lib/use-t.ts'
import type { Json } from '#nodes/kit/json.ts'
import { fieldTitle, flatFields, type Scalar } from './flat.ts'

/** Data to decide about: a plain list where it is one, else a tree. */
export function TaskData({ value }: { value: Json }) {
  const fields = flatFields(value)
  if (typeof value === 'string') return <p className="whitespace-pre-wrap break-words text-lg">{value}</p>
  if (!fields)
    return (
      <div className="max-h-96 overflow-auto">
        <JsonView value={value} name="data" />
      </div>
    )
  return (
    <dl className="divide-y divide-line">
      {fields.map(([name, own]) => (
        <div key={name} className="grid grid-cols-[minmax(6rem,1fr)_2fr] gap-3 py-2 first:pt-0 last:pb-0">
          <dt className="break-words text-muted">{fieldTitle(name)}</dt>
          <dd className="whitespace-pre-wrap break-words font-medium tabular-nums">
            <Shown value={own} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Shown({ value }: { value: Scalar }) {
  const t = useT('people')
  if (typeof value === 'boolean') return t(value ? 'tasks.yes' : 'tasks.no')
  return value === null || value === '' ? '–' : String(value)
}
