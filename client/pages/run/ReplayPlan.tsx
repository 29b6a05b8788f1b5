import type { RunRecord } from '#client/canvas/run-record.ts'
import type { Outputs } from '#client/lib/router-types.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Tag } from '#client/ui/Tag.tsx'
import { type Edits, textToEdit } from './edits.ts'
import { ReplayStep } from './ReplayStep.tsx'
import { useStepTitle } from './use-step-title.ts'

interface ReplayPlanProps {
  plan: Outputs['runs']['replayPlan']
  record: RunRecord
  edits: Edits
  onEdit: (edits: Edits) => void
}

/** More rows than this say nothing more. */
const MOST = 100

/** What is taken over, each with its output to edit; and what runs. */
export function ReplayPlan({ plan, record, edits, onEdit }: ReplayPlanProps) {
  const t = useT('replay')
  const title = useStepTitle()
  const trigger = record.trigger?.key
  const begin = (step: string) => onEdit({ ...edits, [step]: textToEdit(record, step) ?? '' })
  const change = (step: string, text: string | null) => {
    const { [step]: _, ...rest } = edits
    onEdit(text === null ? rest : { ...rest, [step]: text })
  }
  const shared = (step: string) => ({
    text: edits[step],
    isLong: edits[step] === '' && textToEdit(record, step) === null,
    onBegin: () => begin(step),
    onChange: (text: string | null) => change(step, text),
  })
  const taken = plan.taken.filter(({ step }) => step !== trigger)
  return (
    <div className="flex flex-col gap-5">
      <section>
        <h3 className="mb-1.5 font-medium text-sm">{t('taken')}</h3>
        <ul className="divide-y divide-line rounded-md border border-line">
          {trigger !== undefined && <ReplayStep step={trigger} title={t('input')} {...shared(trigger)} />}
          {taken.slice(0, MOST).map(({ step, failed }) => (
            <ReplayStep key={step} step={step} title={title(step)} failed={failed} {...shared(step)} />
          ))}
          {taken.length === 0 && plan.undone.length === 0 && (
            <li className="px-3 py-2 text-faint text-sm">{t('takenNone')}</li>
          )}
        </ul>
        <More count={taken.length - MOST} />
      </section>
      {plan.runs.length > 0 && (
        <section>
          <h3 className="font-medium text-sm">{t('runs')}</h3>
          <p className="mb-1.5 text-faint text-sm">{t('runsHelp')}</p>
          <ul className="flex flex-wrap gap-1.5">
            {plan.runs.slice(0, MOST).map((step) => (
              <li key={step} className="min-w-0 max-w-full">
                <Tag tone={step === plan.from ? 'accent' : 'neutral'}>
                  {title(step)}
                  {title(step) !== step && <span className="ml-1.5 font-mono font-normal">{step}</span>}
                </Tag>
              </li>
            ))}
          </ul>
          <More count={plan.runs.length - MOST} />
          {plan.givable.slice(0, MOST).map((step) => (
            <Button key={step} size="sm" className="mt-2" onClick={() => begin(step)}>
              {t('give', { step: title(step) })}
            </Button>
          ))}
        </section>
      )}
    </div>
  )
}

function More({ count }: { count: number }) {
  const t = useT('replay')
  return count > 0 ? <p className="mt-1.5 text-faint text-sm">{t('more', { count })}</p> : null
}
