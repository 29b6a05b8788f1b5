import { JsonView } from '#client/forms/JsonView.tsx'
import type { Json } from '#nodes/kit/json.ts'

/** What is read at a glance needs no tree to search. */
const SMALL = 400

/** A value in full: as it is while it is small, as a tree when it is not. */
export function DataBlock({ value, name }: { value: Json; name: string }) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  if (text.length > SMALL) return <JsonView value={value} name={name} openTo={1} />
  return (
    <pre className="overflow-x-auto whitespace-pre-wrap break-words rounded-sm bg-surface px-2.5 py-2 font-mono text-sm">
      {text}
    </pre>
  )
}
