import type { FormEvent } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { isJsonObject, type JsonObject } from '#nodes/kit/json.ts'
import { FormFields } from '../form/FormFields.tsx'
import { fieldsOf } from '../form/fields.ts'
import { useFilling } from '../form/use-filling.ts'
import type { Task } from './row.ts'
import { useAnswer } from './use-answer.ts'

/** A form that a run waits for, filled in by a member. */
export function AnswerForm({ task }: { task: Task }) {
  const t = useT('people')
  const schema: JsonObject = isJsonObject(task.request.fields) ? task.request.fields : {}
  const filling = useFilling(schema)
  const { busy, answer } = useAnswer(task)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (busy || !filling.check()) return
    answer(filled(schema, filling.values), 'answered')
  }
  return (
    <form ref={filling.box} noValidate onSubmit={submit} className="flex flex-col gap-6">
      <FormFields
        fields={fieldsOf(schema)}
        {...{ values: filling.values, files: filling.files, faults: filling.faults, disabled: busy }}
        onValue={filling.setValue}
        onFile={filling.setFile}
      />
      <Button
        type="submit"
        variant="primary"
        busy={busy}
        className="h-10 self-start px-5 phone:h-12 phone:w-full"
      >
        {t('tasks.send')}
      </Button>
    </form>
  )
}

/** What was filled in, numbers as numbers; what was left empty is left out. */
function filled(schema: JsonObject, values: JsonObject): JsonObject {
  return Object.fromEntries(
    fieldsOf(schema).flatMap(({ name, kind }) => {
      const value = values[name]
      if (value === undefined || value === '' || value === null)
        return kind === 'checkbox' ? [[name, false]] : []
      return [[name, kind === 'number' ? Number(value) : value]]
    }),
  )
}
