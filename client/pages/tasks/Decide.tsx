import { Check, PenLine, Undo2, X } from 'lucide-react'
import { useState } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { TextArea } from '#client/ui/TextArea.tsx'
import type { Json } from '#nodes/kit/json.ts'
import { DataEditor } from './DataEditor.tsx'
import type { Task } from './row.ts'
import { Section } from './Section.tsx'
import { TaskData } from './TaskData.tsx'
import { useAnswer } from './use-answer.ts'

/** An approval: what it is about, perhaps changed, and the two ways to decide. */
export function Decide({ task }: { task: Task }) {
  const t = useT('people')
  const { data, editable } = task.request
  const { busy, answer } = useAnswer(task)
  const [edited, setEdited] = useState<{ value: Json | undefined } | null>(null)
  const [comment, setComment] = useState('')
  const changed = edited !== null && JSON.stringify(edited.value) !== JSON.stringify(data)
  const decide = (approved: boolean) =>
    answer(
      {
        approved,
        ...(comment.trim() ? { comment: comment.trim() } : {}),
        ...(approved && changed && edited.value !== undefined ? { data: edited.value } : {}),
      },
      approved ? 'approved' : 'rejected',
    )
  return (
    <>
      {data !== undefined && (
        <Section
          title={t(task.request.tool ? 'tasks.arguments' : 'tasks.data')}
          aside={
            editable && (
              <Button
                size="sm"
                variant="quiet"
                icon={edited ? <Undo2 aria-hidden /> : <PenLine aria-hidden />}
                onClick={() => setEdited(edited ? null : { value: data })}
              >
                {t(edited ? 'tasks.undo' : 'tasks.change')}
              </Button>
            )
          }
        >
          {edited ? (
            <DataEditor
              value={edited.value ?? data}
              original={data}
              onChange={(value) => setEdited({ value })}
            />
          ) : (
            <TaskData value={data} />
          )}
        </Section>
      )}
      <Field label={t('tasks.comment')} help={t('tasks.commentHelp')}>
        <TextArea
          rows={2}
          maxLength={4_000}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
          className="min-h-16 text-lg!"
        />
      </Field>
      <div className="sticky bottom-0 -mx-6 flex gap-3 border-line border-t bg-surface px-6 py-4 phone:-mx-4 phone:px-4 phone:*:h-12! phone:*:grow">
        <Button
          className="h-10 px-5"
          icon={<X aria-hidden />}
          aria-disabled={busy}
          onClick={() => decide(false)}
        >
          {t('tasks.reject')}
        </Button>
        <Button
          variant="primary"
          className="h-10 px-5"
          icon={<Check aria-hidden />}
          busy={busy}
          disabled={edited !== null && edited.value === undefined}
          onClick={() => decide(true)}
        >
          {t(changed ? 'tasks.approveChanged' : 'tasks.approve')}
        </Button>
      </div>
    </>
  )
}
