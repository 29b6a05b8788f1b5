import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import { useTroubleWords } from '#client/lib/errors.ts'
import { useTenant } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog, DialogActions } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { FormError } from '#client/ui/FormError.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import { toast } from '#client/ui/toasts.ts'
import { faultsOf, type Values } from '#nodes/graph/library/parameter.ts'
import { paths } from '../../paths.ts'
import { Abilities } from './Abilities.tsx'
import { ParameterField } from './ParameterField.tsx'
import type { LibraryItem } from './row.ts'
import { useAppLocale } from './use-catalog.ts'

interface InstallDialogProps {
  item: LibraryItem
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Name, connections, details, a look over: then it is a workflow of this tenant, and off. */
export function InstallDialog({ item, open, onOpenChange }: InstallDialogProps) {
  const t = useT('library')
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('install.title', { name: item.name })}>
      <Wizard item={item} onCancel={() => onOpenChange(false)} />
    </Dialog>
  )
}

type Step = 'name' | 'connections' | 'details' | 'check'

function Wizard({ item, onCancel }: { item: LibraryItem; onCancel: () => void }) {
  const t = useT('library')
  const ui = useT('ui')
  const [name, setName] = useState(item.name.slice(0, 120))
  const [values, setValues] = useState<Values>({})
  const [at, setAt] = useState(0)
  const [tried, setTried] = useState(false)
  const install = useInstall(item)
  const connections = item.parameters.filter(({ kind }) => kind === 'connection')
  const details = item.parameters.filter(({ kind }) => kind !== 'connection')
  const steps: Step[] = [
    'name',
    ...(connections.length > 0 ? (['connections'] as const) : []),
    ...(details.length > 0 ? (['details'] as const) : []),
    'check',
  ]
  const step = steps[at] ?? 'check'
  const faults = new Set(
    faultsOf(
      details,
      onlyOf(
        values,
        details.map(({ key }) => key),
      ),
    ).map(({ key }) => key),
  )
  const missing = connections.some((one) => one.kind === 'connection' && one.required && !values[one.key])
  const blocked = (step === 'name' && !name.trim()) || (step === 'details' && faults.size > 0)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    // A dialog inside this one sends its own form, which React passes on to us.
    event.stopPropagation()
    setTried(blocked)
    if (blocked) return
    if (step === 'check') install.submit({ name: name.trim(), values })
    else setAt(at + 1)
  }
  const fields = step === 'connections' ? connections : details
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <Progress steps={steps.map((one) => t(`install.${one}`))} at={at} />
      {install.error && <FormError>{install.error}</FormError>}
      {step === 'name' && (
        <Field
          label={t('install.nameLabel')}
          help={t('install.nameHelp')}
          error={tried && !name.trim() && t('install.nameNeeded')}
          required
        >
          <TextInput
            autoFocus
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
      )}
      {step === 'connections' && <p className="text-muted">{t('install.connectionsLead')}</p>}
      {(step === 'connections' || step === 'details') &&
        fields.map((parameter) => (
          <ParameterField
            key={parameter.key}
            parameter={parameter}
            value={values[parameter.key]}
            error={tried && faults.has(parameter.key) ? t('install.fill') : undefined}
            onChange={(value) => setValues(changed(values, parameter.key, value))}
          />
        ))}
      {step === 'check' && (
        <>
          <p className="text-muted">{t('install.checkLead')}</p>
          <Abilities can={item.capabilities} />
          <p className="rounded-sm border border-line bg-sunken px-3 py-2 text-sm">
            {missing ? t('install.offMissing') : t('install.off')}
          </p>
        </>
      )}
      <DialogActions>
        <Button onClick={at === 0 ? onCancel : () => setAt(at - 1)}>
          {at === 0 ? ui('cancel') : t('install.previous')}
        </Button>
        <Button type="submit" variant="primary" busy={install.busy}>
          {step === 'check' ? t('install.submit') : t('install.next')}
        </Button>
      </DialogActions>
    </form>
  )
}

/** Where one is: a thread with a knot for each step. */
function Progress({ steps, at }: { steps: readonly string[]; at: number }) {
  const t = useT('library')
  const name = steps[at] ?? ''
  return (
    <div className="flex flex-col gap-1.5">
      <div aria-hidden className="flex gap-1">
        {steps.map((step, index) => (
          <span key={step} className={`h-1 grow rounded-full ${index <= at ? 'bg-accent' : 'bg-line'}`} />
        ))}
      </div>
      <p aria-live="polite" className="text-faint text-sm">
        {t('install.steps', { at: String(at + 1), of: String(steps.length), name })}
      </p>
    </div>
  )
}

function useInstall(item: LibraryItem) {
  const t = useT('library')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { slug } = useTenant()
  const locale = useAppLocale()
  const words = useTroubleWords()
  const install = useMutation(
    trpc.library.install.mutationOptions({
      onSuccess: async ({ workflowId }, { name }) => {
        void queries.invalidateQueries(trpc.workflows.pathFilter())
        void queries.invalidateQueries(trpc.library.pathFilter())
        toast({ tone: 'good', title: t('install.done', { name }), body: t('install.doneBody') })
        await navigate(paths.workflow(slug, workflowId))
      },
    }),
  )
  const { publisher, itemId, version } = item
  return {
    busy: install.isPending,
    error: install.error ? words(install.error).body : null,
    submit: (about: { name: string; values: Values }) =>
      install.mutate({ publisherId: publisher.id, itemId, version, locale, ...about }),
  }
}

function changed(values: Values, key: string, value: string | number | undefined): Values {
  const { [key]: _, ...others } = values
  return value === undefined ? others : { ...others, [key]: value }
}

const onlyOf = (values: Values, keys: readonly string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([key]) => keys.includes(key)))
