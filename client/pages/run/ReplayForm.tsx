import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { RunRecord } from '#client/canvas/run-record.ts'
import { useTroubleWords } from '#client/lib/errors.ts'
import type { Outputs } from '#client/lib/router-types.ts'
import { useTenant } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { DialogActions } from '#client/ui/Dialog.tsx'
import { FormError } from '#client/ui/FormError.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { paths } from '../../paths.ts'
import { Trouble } from '../frame/Trouble.tsx'
import { type Edits, outputsOf } from './edits.ts'
import { ReplayPlan } from './ReplayPlan.tsx'
import { ReplayVersion } from './ReplayVersion.tsx'
import { useStepTitle } from './use-step-title.ts'

export interface ReplayFormProps {
  runId: string
  record: RunRecord
  step: string
  onClose: () => void
}

/** Which version, with which outputs; and what would be taken over and what would run. */
export function ReplayForm({ runId, record, step, onClose }: ReplayFormProps) {
  const t = useT('replay')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const troubleWords = useTroubleWords()
  const { slug } = useTenant()
  const [version, setVersion] = useState<'same' | 'newest'>('same')
  const [edits, setEdits] = useState<Edits>({})
  const about = { id: runId, from: step, version }
  const plan = useQuery(
    trpc.runs.replayPlan.queryOptions(
      { ...about, edited: Object.keys(edits) },
      { placeholderData: keepPreviousData },
    ),
  )
  const replay = useMutation(
    trpc.runs.replay.mutationOptions({
      onError: () => undefined,
      onSuccess: (made) => {
        onClose()
        // The run that was gone on from knows of it at once.
        void queries.invalidateQueries(trpc.runs.related.pathFilter())
        void navigate(paths.run(slug, made.runId))
      },
    }),
  )
  if (plan.error && !plan.data) return <Trouble error={plan.error} onRetry={() => void plan.refetch()} />
  if (!plan.data) return <Waiting />
  const outputs = outputsOf(edits)
  const isReady = outputs !== null && plan.data.problems.length === 0 && !plan.isPlaceholderData
  const refused = replay.error && troubleWords(replay.error)
  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady && !replay.isPending) replay.mutate({ ...about, outputs })
      }}
    >
      <ReplayVersion choices={plan.data.choices} version={version} onChange={setVersion} />
      <Problems plan={plan.data} step={step} />
      <ReplayPlan plan={plan.data} record={record} edits={edits} onEdit={setEdits} />
      {refused && <FormError>{refused.body}</FormError>}
      <DialogActions>
        <Button onClick={onClose}>{t('done')}</Button>
        <Button
          variant="primary"
          type="submit"
          icon={<RotateCcw aria-hidden />}
          busy={replay.isPending}
          disabled={!isReady}
        >
          {t('start')}
        </Button>
      </DialogActions>
    </form>
  )
}

/** What stands in the way, and what is not as one might think. */
function Problems({ plan, step }: { plan: Outputs['runs']['replayPlan']; step: string }) {
  const t = useT('replay')
  const title = useStepTitle()
  const { problems, inside, from, undone } = plan
  return (
    <>
      {problems.length > 0 && (
        <FormError>
          <ul className="flex flex-col gap-1">
            {problems.map((problem) => (
              <li key={`${problem.code} ${problem.step ?? ''}`}>
                {t(`problems.${problem.code}`, { step: problem.step ? title(problem.step) : '' })}
              </li>
            ))}
          </ul>
        </FormError>
      )}
      {inside && (
        <p className="text-muted text-sm">{t('inside', { step: title(step), frame: title(from) })}</p>
      )}
      {undone.length > 0 && (
        <p className="text-muted text-sm">{t('undone', { steps: undone.map(title).join(', ') })}</p>
      )}
    </>
  )
}

const Waiting = () => (
  <div className="flex flex-col gap-3 py-2" aria-busy>
    <Skeleton className="h-8 w-full" />
    <Skeleton className="h-9 w-full" />
    <Skeleton className="h-9 w-full" />
    <Skeleton className="h-9 w-2/3" />
  </div>
)
