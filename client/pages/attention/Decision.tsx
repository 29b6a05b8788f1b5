import { useState } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Select } from '#client/ui/Select.tsx'
import { TextArea } from '#client/ui/TextArea.tsx'
import { isJsonObject, type Json } from '#nodes/kit/json.ts'
import { DataEditor } from '../tasks/DataEditor.tsx'
import { changedParams, parsedJson } from './changed-params.ts'
import { type AttentionStep, type How, hows, type Resolution } from './row.ts'
import { useResolve } from './use-resolve.ts'

/** The three ways a step can go on, with what each one does and takes. */
export function Decision({ asked, onDone }: { asked: AttentionStep; onDone: () => void }) {
  const t = useT('attention')
  const [how, setHow] = useState<How>('retry')
  const [params, setParams] = useState<Json | undefined>(asked.params ?? undefined)
  const [output, setOutput] = useState('null')
  const [port, setPort] = useState(asked.ports[0] ?? 'out')
  const { busy, issues, resolve } = useResolve(onDone)
  const resolution = resolutionOf({ how, asked, params, output, port })
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (resolution && !busy) resolve(asked.id, resolution)
      }}
    >
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-2 font-semibold">{t('choose')}</legend>
        {hows.map((one) => (
          <label
            key={one}
            className="flex cursor-pointer items-start gap-3 rounded-md border border-line p-3 has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name="how"
              value={one}
              checked={how === one}
              onChange={() => setHow(one)}
              className="mt-1 accent-accent"
            />
            <span className="min-w-0">
              <span className="block font-medium">{t(one)}</span>
              <span className="block text-muted text-sm">
                {t(`${one}Body`)} {one === 'retry' && t(`retryKey.${asked.effect}`)}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      {how === 'retry' && <Params asked={asked} value={params} onChange={setParams} />}
      {how === 'skip' && (
        <>
          <Field label={t('output')} error={parsedJson(output) === undefined ? t('notJson') : undefined}>
            <TextArea mono rows={4} value={output} onChange={(event) => setOutput(event.target.value)} />
          </Field>
          {asked.ports.length > 1 && (
            <Field label={t('way')}>
              <Select
                value={port}
                onChange={setPort}
                options={asked.ports.map((one) => ({ value: one, label: one }))}
              />
            </Field>
          )}
        </>
      )}
      {issues.length > 0 && (
        <ul role="alert" className="flex flex-col gap-1 rounded-md bg-bad-soft p-3 text-bad text-sm">
          {issues.map(({ path, message }) => (
            <li key={path}>
              <code>{path.replace(/^resolution\.(params\.)?/, '')}</code> {message}
            </li>
          ))}
        </ul>
      )}
      <Button
        type="submit"
        variant={how === 'fail' ? 'danger' : 'primary'}
        busy={busy}
        disabled={!resolution}
        className="self-start phone:self-stretch"
      >
        {t(`do.${how}`)}
      </Button>
    </form>
  )
}

interface ParamsProps {
  asked: AttentionStep
  value: Json | undefined
  onChange: (value: Json | undefined) => void
}

function Params({ asked, value, onChange }: ParamsProps) {
  const t = useT('attention')
  const { params, missing } = asked
  if (params === null) return <p className="text-muted text-sm">{t('paramsLarge')}</p>
  if (Object.keys(params).length === 0) return null
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{t('params')}</h3>
      <p className="text-muted text-sm">{t('paramsHelp')}</p>
      {missing.length > 0 && (
        <p className="text-sm text-warn">
          {t('missing', { count: missing.length, names: missing.join(', ') })}
        </p>
      )}
      <DataEditor value={value ?? params} original={params} onChange={onChange} />
    </section>
  )
}

interface Chosen {
  how: How
  asked: AttentionStep
  params: Json | undefined
  output: string
  port: string
}

function resolutionOf({ how, asked, params, output, port }: Chosen): Resolution | undefined {
  switch (how) {
    case 'fail':
      return { how }
    case 'skip': {
      const given = parsedJson(output)
      return given === undefined ? undefined : { how, output: given, port }
    }
    case 'retry': {
      if (asked.params === null) return { how }
      const changed = params !== undefined && isJsonObject(params) && changedParams(asked.params, params)
      return changed ? { how, ...changed } : undefined
    }
    default:
      return how satisfies never
  }
}
