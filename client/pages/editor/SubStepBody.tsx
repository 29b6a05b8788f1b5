import { Link } from 'react-router'
import { failureIn, type SubStep } from '#client/canvas/sub-steps.ts'
import { useTenant } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import { isJsonObject, type Json } from '#nodes/kit/json.ts'
import { paths } from '../../paths.ts'
import { DataBlock } from './DataBlock.tsx'
import { FailureBox } from './FailureBox.tsx'
import { ModelReplyView } from './ModelReplyView.tsx'
import { Part } from './Part.tsx'
import { WaitsFor } from './WaitsFor.tsx'

/** All there is to know of one call. */
export function SubStepBody({ sub, ended }: { sub: SubStep; ended: boolean }) {
  const t = useT('agents')
  const { slug } = useTenant()
  const failure = sub.failure ?? failureIn(sub.output)
  const runId = calledRun(sub)
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {failure && <FailureBox failure={failure} />}
      {sub.status === 'stopped' && <p className="text-muted text-sm">{t('steps.stopped')}</p>}
      {sub.task !== undefined && sub.status === 'waiting' && !ended && (
        <WaitsFor task={sub.task} untilMs={sub.untilMs} />
      )}
      {runId !== null && (
        <Link to={paths.run(slug, runId)} className="self-start text-accent text-sm hover:underline">
          {t('steps.openRun')}
        </Link>
      )}
      {sub.input !== undefined && (
        <Part title={t('steps.asked')}>
          <DataBlock value={sub.input} name={sub.kind === 'tool' ? 'args' : 'input'} />
        </Part>
      )}
      {sub.kind === 'model' && sub.output !== undefined ? (
        <ModelReplyView output={sub.output} usage={sub.usage} />
      ) : (
        sub.output !== undefined &&
        !failure && (
          <Part title={t('steps.gave')}>
            <DataBlock value={shownOutput(sub)} name="output" />
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
