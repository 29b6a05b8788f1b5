import { useT } from '#client/lib/use-t.ts'
import { Field } from '#client/ui/Field.tsx'
import { TextArea } from '#client/ui/TextArea.tsx'
import { hostsIn, wrongHost } from './fields.ts'

interface HostsFieldProps {
  text: string
  tried: boolean
  refused: string | undefined
  onChange: (text: string) => void
}

/** Where a credential may be sent, for kinds that do not say it themselves. */
export function HostsField({ text, tried, refused, onChange }: HostsFieldProps) {
  const t = useT('pages')
  const hosts = hostsIn(text)
  const wrong = wrongHost(hosts)
  return (
    <Field
      label={t('connections.hosts')}
      help={t('connections.hostsHelp')}
      error={
        (tried && hosts.length === 0 && t('connections.hostsNeeded')) ||
        (wrong && t('connections.hostsWrong', { host: wrong })) ||
        refused
      }
      required
    >
      <TextArea
        mono
        rows={2}
        spellCheck={false}
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  )
}
