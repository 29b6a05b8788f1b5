import { type FormEvent, useState } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { FormError } from '#client/ui/FormError.tsx'
import type { JsonObject } from '#nodes/kit/json.ts'
import { FormFields } from './FormFields.tsx'
import { fieldsOf } from './fields.ts'
import { type Outcome, sendForm } from './send-form.ts'
import { useFilling } from './use-filling.ts'

export interface FillInProps {
  url: string
  schema: JsonObject
  /** Anything but what is wrong with the answers, which shows here. */
  onOutcome: (outcome: Outcome) => void
}

/** The questions, and sending the answers. */
export function FillIn({ url, schema, onOutcome }: FillInProps) {
  const t = useT('people')
  const filling = useFilling(schema)
  const [id] = useState(() => crypto.randomUUID())
  const [website, setWebsite] = useState('')
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    setTrouble(null)
    if (!filling.check()) return
    setBusy(true)
    const { values, files } = filling
    const outcome = await sendForm(url, { values, files, website, id })
    setBusy(false)
    if (outcome.kind === 'faults') filling.show(outcome.faults)
    else if (outcome.kind === 'trouble') setTrouble(t(`form.${outcome.trouble}`))
    else onOutcome(outcome)
  }
  const wrong = filling.faults.size
  return (
    <form
      ref={filling.box}
      noValidate
      onSubmit={(event) => void submit(event)}
      className="flex flex-col gap-6"
    >
      <FormFields
        fields={fieldsOf(schema)}
        {...{ values: filling.values, files: filling.files, faults: filling.faults, disabled: busy }}
        onValue={filling.setValue}
        onFile={filling.setFile}
      />
      {/* Nobody sees it; what fills it in is no person. */}
      <div aria-hidden className="absolute -left-2500">
        <input
          name="website"
          tabIndex={-1}
          autoComplete="off"
          value={website}
          onChange={(event) => setWebsite(event.target.value)}
        />
      </div>
      {trouble && <FormError>{trouble}</FormError>}
      {wrong > 0 && (
        <p role="status" className="text-bad text-sm">
          {t('form.wrong', { count: wrong })}
        </p>
      )}
      <Button
        type="submit"
        variant="primary"
        busy={busy}
        className="h-10 self-start px-5 text-lg! phone:w-full"
      >
        {t('form.submit')}
      </Button>
    </form>
  )
}
