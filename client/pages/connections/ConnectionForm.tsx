import { useState } from 'react'
import { useTroubleWords } from '#client/lib/errors.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { DialogActions } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { FormError } from '#client/ui/FormError.tsx'
import { Select } from '#client/ui/Select.tsx'
import { TextArea } from '#client/ui/TextArea.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import { fieldsOf, hostsIn, wrongHost } from './fields.ts'
import type { ConnectionKind, ConnectionRow } from './row.ts'
import { SecretFields } from './SecretFields.tsx'
import { useKindWords } from './use-kind-words.ts'
import { useSaveConnection } from './use-save-connection.ts'

export interface ConnectionFormProps {
  kinds: readonly ConnectionKind[]
  firstKind: ConnectionKind
  connection: ConnectionRow | null
  onDone: () => void
}

/** Name, kind, hosts and the credential, which goes in and never comes out. */
export function ConnectionForm({ kinds, firstKind, connection, onDone }: ConnectionFormProps) {
  const t = useT('pages')
  const ui = useT('ui')
  const kindWords = useKindWords()
  const words = useTroubleWords()
  const [name, setName] = useState(connection?.name ?? '')
  const [kindId, setKindId] = useState(connection?.kind ?? firstKind.id)
  const [hostText, setHostText] = useState(connection?.hosts.join('\n') ?? '')
  const [values, setValues] = useState<Record<string, string>>({})
  const [replacing, setReplacing] = useState(connection === null)
  const [tried, setTried] = useState(false)
  const { save, error, busy } = useSaveConnection({ connection, onDone })

  const kind = kinds.find(({ id }) => id === kindId) ?? firstKind
  const fields = fieldsOf(kind)
  const hosts = hostsIn(hostText)
  const newHost = connection !== null && hosts.some((host) => !connection.hosts.includes(host))
  const asking = replacing || newHost
  const wrong = wrongHost(hosts)
  const missing = asking && fields.some(({ name, required }) => required && !values[name])
  const trouble = error ? words(error) : null
  const refused = (path: string) => trouble?.issues.find((issue) => issue.path.startsWith(path))?.message

  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!name.trim() || hosts.length === 0 || wrong || missing) return
    save({ name: name.trim(), kind: kind.id, hosts, fields: asking ? values : undefined })
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
            setKindId(id)
            setValues({})
          }}
        />
      </Field>
      <Field
        label={t('connections.hosts')}
        help={t('connections.hostsHelp')}
        error={
          (tried && hosts.length === 0 && t('connections.hostsNeeded')) ||
          (wrong && t('connections.hostsWrong', { host: wrong })) ||
          refused('hosts')
        }
        required
      >
        <TextArea
          mono
          rows={2}
          spellCheck={false}
          value={hostText}
          onChange={(event) => setHostText(event.target.value)}
        />
      </Field>
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
      <DialogActions>
        <Button onClick={onDone}>{ui('cancel')}</Button>
        <Button type="submit" variant="primary" busy={busy}>
          {connection ? t('connections.submitEdit') : t('connections.submitCreate')}
        </Button>
      </DialogActions>
    </form>
  )
}
