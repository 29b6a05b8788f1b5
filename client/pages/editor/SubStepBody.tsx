import { Link } from 'react-router'
import { failureIn, type SubStep } from '#client/canvas/sub-steps.ts'
import { JsonView } from '#client/forms/JsonView.tsx'
import { useFormat } from '#client/lib/format.ts'
import { useTenant } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import { buttonClass } from '#client/ui/Button.tsx'
import { isJsonObject, type Json } from '#nodes/kit/json.ts'
import { paths } from '../../paths.ts'
import { FailureBox } from './FailureBox.tsx'
import { ModelReplyView } from './ModelReplyView.tsx'
import { Part } from './Part.tsx'

/** All there is to know of one call. */
export function SubStepBody({ sub, ended }: { sub: SubStep; ended: boolean }) {
  const t = useT('agents')
  const format = useFormat()
  const { slug } = useTenant()
  const failure = sub.failure ?? failureIn(sub.output)
  const runId = calledRun(sub)
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {failure && <FailureBox failure={failure} />}
      {sub.status === 'stopped' && <p className="text-muted text-sm">{t('steps.stopped')}</p>}
      {sub.task !== undefined && sub.status === 'waiting' && !ended && (
        <div className="flex flex-wrap items-center gap-3 text-sm">
          <span className="text-muted">
            {sub.untilMs === undefined
              ? t('steps.waits')
              : t('steps.waitsUntil', { at: format.moment(sub.untilMs) })}
          </span>
          {sub.kind === 'ask' && (
            <Link to={paths.task(slug, sub.task)} className={buttonClass({ size: 'sm' })}>
              {t('steps.openTask')}
            </Link>
          )}
        </div>
      )}
      {runId !== null && (
        <Link to={paths.run(slug, runId)} className="self-start text-accent text-sm hover:underline">
          {t('steps.openRun')}
        </Link>
      )}
      {sub.input !== undefined && (
        <Part title={t('steps.asked')}>
          <JsonView value={sub.input} name={sub.kind === 'tool' ? 'args' : 'input'} openTo={1} />
        </Part>
      )}
      {sub.kind === 'model' && sub.output !== undefined ? (
        <ModelReplyView output={sub.output} usage={sub.usage} />
      ) : (
        sub.output !== undefined &&
        !failure && (
          <Part title={t('steps.gave')}>
            <JsonView value={shownOutput(sub)} name="output" openTo={1} />
          </Part>
        )
      )}
    </div>
  )
}

/** A tool's output is kept in a wrapping of its own. */
function shownOutput({ kind, output = null }: SubStep): Json {
  return kind === 'tool' && isJsonObject(output) && Object.keys(output).length === 1 && 'output' in output
    ? (output.output ?? null)
    : output
}

/** The run of the workflow that was called, once it is known. */
function calledRun({ output }: SubStep): string | null {
  if (!isJsonObject(output)) return null
  const outcome = isJsonObject(output.value) ? output.value : output
  return typeof outcome.runId === 'string' && typeof outcome.status === 'string' ? outcome.runId : null
}
