import { useState } from 'react'
import { useTroubleWords } from '#client/lib/errors.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { DialogActions } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { FormError } from '#client/ui/FormError.tsx'
import { Select } from '#client/ui/Select.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import { fieldsOf, filledIn, hostsIn, initialValues, wrongHost } from './fields.ts'
import { HostsField } from './HostsField.tsx'
import { LimitsFields } from './LimitsFields.tsx'
import type { ConnectionKind, ConnectionRow } from './row.ts'
import { SecretFields } from './SecretFields.tsx'
import { useKindWords } from './use-kind-words.ts'
import { useSaveConnection } from './use-save-connection.ts'

export interface ConnectionFormProps {
  kinds: readonly ConnectionKind[]
  firstKind: ConnectionKind
  connection: ConnectionRow | null
  onMade?: (id: string) => void
  onDone: () => void
}

/** Name, kind, hosts and the credential, which goes in and never comes out. */
export function ConnectionForm({ kinds, firstKind, connection, onMade, onDone }: ConnectionFormProps) {
  const t = useT('pages')
  const ui = useT('ui')
  const kindWords = useKindWords()
  const words = useTroubleWords()
  const [name, setName] = useState(connection?.name ?? '')
  const [kindId, setKindId] = useState(connection?.kind ?? firstKind.id)
  const [hostText, setHostText] = useState(connection?.hosts.join('\n') ?? '')
  const [replacing, setReplacing] = useState(connection === null)
  const [limits, setLimits] = useState(connection?.limits ?? {})
  const [tried, setTried] = useState(false)

  const kind = kinds.find(({ id }) => id === kindId) ?? firstKind
  const { save, error, busy } = useSaveConnection({ connection, kind, onMade, onDone })
  const fields = fieldsOf(kind)
  const [values, setValues] = useState(() => initialValues(fields))
  const hosts = kind.fixedHosts ? [] : hostsIn(hostText)
  const newHost = connection !== null && hosts.some((host) => !connection.hosts.includes(host))
  const asking = replacing || newHost
  const wrong = wrongHost(hosts)
  const missing = asking && fields.some(({ name, required }) => required && !values[name])
  const trouble = error ? words(error) : null
  const refused = (path: string) => trouble?.issues.find((issue) => issue.path.startsWith(path))?.message

  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    setTried(true)
    const hostless = hosts.length === 0 && !kind.fixedHosts
    if (!name.trim() || hostless || wrong || missing) return
    save({
      name: name.trim(),
      hosts: kind.fixedHosts ? undefined : hosts,
      fields: asking ? filledIn(fields, values) : undefined,
      limits,
    })
  }
  return (
    <form noValidate autoComplete="off" onSubmit={submit} className="flex flex-col gap-4">
      {trouble && trouble.issues.length === 0 && <FormError>{trouble.body}</FormError>}
      <Field
        label={t('connections.name')}
        error={tried && !name.trim() && t('connections.nameNeeded')}
        required
      >
        <TextInput
          autoFocus
          maxLength={120}
          placeholder={t('connections.namePlaceholder')}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field label={t('connections.kind')} help={kindWords.summary(kind)}>
        <Select
          value={kind.id}
          disabled={connection !== null}
          options={kinds.map((kind) => ({ value: kind.id, label: kindWords.title(kind) }))}
          onChange={(id) => {
            const chosen = kinds.find((one) => one.id === id)
            setKindId(id)
            setValues(chosen ? initialValues(fieldsOf(chosen)) : {})
          }}
        />
      </Field>
      {!kind.fixedHosts && (
        <HostsField text={hostText} tried={tried} refused={refused('hosts')} onChange={setHostText} />
      )}
      <SecretFields
        kindId={kind.id}
        fields={fields}
        values={values}
        stored={connection !== null}
        asking={asking}
        forced={newHost}
        tried={tried}
        refused={refused}
        onAsk={setReplacing}
        onChange={(name, value) => setValues({ ...values, [name]: value })}
      />
      {connection && <LimitsFields value={limits} kind={kind.limits} onChange={setLimits} />}
      <DialogActions>
        <Button onClick={onDone}>{ui('cancel')}</Button>
        <Button type="submit" variant="primary" busy={busy}>
          {t(
            connection
              ? 'connections.submitEdit'
              : kind.signsIn
                ? 'connections.submitConnect'
                : 'connections.submitCreate',
          )}
        </Button>
      </DialogActions>
    </form>
  )
}
