import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Field } from '#client/ui/Field.tsx'
import { Select } from '#client/ui/Select.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import { addressesIn, type RuleDraft } from './use-rule-form.ts'

interface ChannelFieldsProps {
  draft: RuleDraft
  set: (change: Partial<RuleDraft>) => void
  tried: boolean
  /** A stored address stays when this is left empty. */
  keeps: boolean
}

/** Where a rule's message goes. */
export function ChannelFields(props: ChannelFieldsProps) {
  switch (props.draft.channel) {
    case 'email':
      return <EmailFields {...props} />
    case 'slack':
      return <SlackFields {...props} />
    case 'slack_webhook':
    case 'webhook':
      return <AddressField {...props} />
  }
  return props.draft.channel satisfies never
}

function EmailFields({ draft, set, tried }: ChannelFieldsProps) {
  const t = useT('monitoring')
  const servers = useConnections('email.smtp')
  return (
    <div className="grid grid-cols-2 gap-4 phone:grid-cols-1">
      <Field
        label={t('alerts.form.to')}
        help={t('alerts.form.toHelp')}
        error={tried && addressesIn(draft.to).length === 0 && t('alerts.form.toNeeded')}
        required
      >
        <TextInput value={draft.to} onChange={(event) => set({ to: event.target.value })} />
      </Field>
      <Field label={t('alerts.form.mailConnection')}>
        <Select
          value={draft.connectionId}
          onChange={(connectionId) => set({ connectionId })}
          options={[{ value: '', label: t('alerts.form.ownMail') }, ...servers]}
        />
      </Field>
    </div>
  )
}

function SlackFields({ draft, set, tried }: ChannelFieldsProps) {
  const t = useT('monitoring')
  const ui = useT('ui')
  const bots = useConnections('slack.bot')
  return (
    <div className="grid grid-cols-2 gap-4 phone:grid-cols-1">
      <Field
        label={t('alerts.form.slackConnection')}
        error={
          bots.length === 0 ? t('alerts.form.noConnection') : tried && !draft.connectionId && ui('required')
        }
        required
      >
        <Select
          value={draft.connectionId}
          onChange={(connectionId) => set({ connectionId })}
          options={[{ value: '', label: '–' }, ...bots]}
        />
      </Field>
      <Field
        label={t('alerts.form.slackChannel')}
        error={tried && !draft.slackChannel.trim() && ui('required')}
        required
      >
        <TextInput
          placeholder={t('alerts.form.channelPlaceholder')}
          value={draft.slackChannel}
          onChange={(event) => set({ slackChannel: event.target.value })}
        />
      </Field>
    </div>
  )
}

function AddressField({ draft, set, tried, keeps }: ChannelFieldsProps) {
  const t = useT('monitoring')
  const isAddress = /^https?:\/\/./.test(draft.url.trim())
  return (
    <Field
      label={t('alerts.form.url')}
      help={keeps ? t('alerts.form.keepUrl') : undefined}
      error={tried && !keeps && !isAddress && t('alerts.form.urlNeeded')}
      required
    >
      <TextInput
        type="url"
        autoComplete="off"
        placeholder={t('alerts.form.urlPlaceholder')}
        value={draft.url}
        onChange={(event) => set({ url: event.target.value })}
      />
    </Field>
  )
}

/** The tenant's connections of one kind, as choices. */
function useConnections(kind: string) {
  const trpc = useTRPC()
  const { data = [] } = useQuery(trpc.connections.list.queryOptions())
  return data.filter((one) => one.kind === kind).map(({ id, name }) => ({ value: id, label: name }))
}
