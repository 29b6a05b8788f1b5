import { useFormat } from '#client/lib/format.ts'
import { useT } from '#client/lib/use-t.ts'
import { isJsonObject, type Json } from '#nodes/kit/json.ts'
import type { Usage } from '#nodes/kit/model.ts'
import { DataBlock } from './DataBlock.tsx'
import { Part } from './Part.tsx'

/** What a model wrote, which tools it asked for, and what that took. */
export function ModelReplyView({ output, usage }: { output: Json; usage: Usage | undefined }) {
  const t = useT('agents')
  const { text, calls } = read(output)
  return (
    <>
      {text !== '' && (
        <Part title={t('model.text')}>
          <p className="whitespace-pre-wrap break-words rounded-sm bg-surface px-2.5 py-2 text-sm">{text}</p>
        </Part>
      )}
      {calls.length > 0 && (
        <Part title={t('model.calls')}>
          <ul className="flex flex-col gap-2">
            {calls.map((call) => (
              <li key={call.id}>
                <p className="font-mono text-sm">{call.name}</p>
                <DataBlock value={call.args} name="args" />
              </li>
            ))}
          </ul>
        </Part>
      )}
      {usage && <UsageList usage={usage} />}
    </>
  )
}

function UsageList({ usage }: { usage: Usage }) {
  const t = useT('agents')
  const format = useFormat()
  const rows: [string, string][] = [
    [t('model.model'), usage.model],
    [t('model.input'), format.number(usage.inputTokens)],
    ...(usage.cacheReadTokens > 0
      ? [[t('model.cached'), format.number(usage.cacheReadTokens)] satisfies [string, string]]
      : []),
    [t('model.output'), format.number(usage.outputTokens)],
    [t('model.cost'), usage.costUsd === null ? t('model.unknownPrice') : format.usd(usage.costUsd)],
  ]
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 text-sm">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-faint">{name}</dt>
          <dd className="min-w-0 truncate tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** As the agent records a reply; anything else is shown as it is. */
function read(output: Json): { text: string; calls: { id: string; name: string; args: Json }[] } {
  if (!isJsonObject(output)) return { text: JSON.stringify(output, null, 2), calls: [] }
  const calls = Array.isArray(output.calls) ? output.calls : []
  return {
    text: typeof output.text === 'string' ? output.text : '',
    calls: calls.flatMap((call, index) =>
      isJsonObject(call) && typeof call.name === 'string'
        ? [{ id: `${index} ${String(call.id)}`, name: call.name, args: call.args ?? null }]
        : [],
    ),
  }
}
