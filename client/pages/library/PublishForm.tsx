import { type FormEvent, type ReactNode, useMemo, useState } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { FormError } from '#client/ui/FormError.tsx'
import { NodeIcon } from '#client/ui/NodeIcon.tsx'
import { Select } from '#client/ui/Select.tsx'
import { TextArea } from '#client/ui/TextArea.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import type { WorkflowDocument } from '#nodes/graph/document.ts'
import { Abilities } from './Abilities.tsx'
import { PublishParameters } from './PublishParameters.tsx'
import { ReadmeField } from './ReadmeField.tsx'
import type { Suggestion } from './row.ts'
import { useNames } from './use-names.ts'
import { type Publishing, usePublish } from './use-publish.ts'
import { VisibilityField } from './VisibilityField.tsx'

const icons = [
  ...['workflow', 'shopping-cart', 'mail', 'message-square', 'bell', 'bot', 'brain', 'calendar', 'chart-bar'],
  ...[
    'clipboard-list',
    'credit-card',
    'database',
    'file-text',
    'globe',
    'heart',
    'inbox',
    'receipt',
    'users',
    'zap',
  ],
]

interface PublishFormProps {
  workflowId: string
  draft: WorkflowDocument
  suggestion: Suggestion
}

/** Everything about a version of an item, in one form: words, questions, who sees it. */
export function PublishForm({ workflowId, draft, suggestion }: PublishFormProps) {
  const t = useT('library')
  const [about, setAbout] = useState<Publishing>(() => firstOf(workflowId, suggestion))
  const [tags, setTags] = useState(suggestion.tags.join(', '))
  const [tried, setTried] = useState(false)
  const publish = usePublish()
  const documents = useMemo(() => [draft], [draft])
  const names = useNames(documents)
  const change = (patch: Partial<Publishing>) => setAbout({ ...about, ...patch })
  const next = (suggestion.item?.version ?? 0) + 1
  const lacksName = !about.name.trim()
  const lacksTenants = about.visibility === 'chosen' && about.shareWith.length === 0

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (lacksName || lacksTenants) return
    const words = tags.split(',').map((tag) => tag.trim().toLowerCase())
    publish.submit({
      ...about,
      name: about.name.trim(),
      tags: [...new Set(words.filter((tag) => tag !== ''))],
      shareWith: about.visibility === 'chosen' ? about.shareWith : [],
    })
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col">
      <Part title={t('publish.about')}>
        <Field
          label={t('publish.name')}
          error={(tried && lacksName && t('publish.nameNeeded')) || publish.refused('name')}
          required
        >
          <TextInput
            maxLength={120}
            value={about.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        </Field>
        <Field
          label={t('publish.summary')}
          help={t('publish.summaryHelp')}
          error={publish.refused('summary')}
        >
          <TextArea
            rows={2}
            maxLength={300}
            value={about.summary}
            onChange={(event) => change({ summary: event.target.value })}
          />
        </Field>
        <div className="grid grid-cols-2 gap-4 phone:grid-cols-1">
          <Field label={t('publish.icon')}>
            <div className="flex items-center gap-2">
              <NodeIcon icon={about.icon} group="app" size="md" />
              <Select
                aria-label={t('publish.icon')}
                value={about.icon}
                options={[...new Set([about.icon, ...icons])].map((icon) => ({
                  value: icon,
                  label: icon.replaceAll('-', ' '),
                }))}
                onChange={(icon) => change({ icon })}
                className="grow"
              />
            </div>
          </Field>
          <Field label={t('publish.tags')} help={t('publish.tagsHelp')} error={publish.refused('tags')}>
            <TextInput value={tags} onChange={(event) => setTags(event.target.value)} />
          </Field>
        </div>
        <ReadmeField
          value={about.readme}
          error={publish.refused('readme')}
          onChange={(readme) => change({ readme })}
        />
      </Part>
      <Part title={t('publish.parameters')}>
        <PublishParameters
          parameters={about.parameters}
          fillable={suggestion.fillable}
          names={names}
          onChange={(parameters) => change({ parameters })}
        />
      </Part>
      <Part title={t('publish.visibility')}>
        <VisibilityField
          value={about.visibility}
          shareWith={about.shareWith}
          error={(tried && lacksTenants && t('publish.shareNeeded')) || publish.refused('shareWith')}
          onChange={change}
        />
      </Part>
      <Part title={t('publish.can')}>
        <Abilities can={suggestion.capabilities} />
        {suggestion.secrets.map(({ node, field }) => (
          <p
            key={`${node} ${field}`}
            className="rounded-sm border border-warn-line bg-warn-soft px-3 py-2 text-sm"
          >
            {t('publish.secret', { node: names.nodeOf(node), field: names.fieldOf(node, field) })}
          </p>
        ))}
      </Part>
      {suggestion.item && (
        <Part title={t('publish.changes')}>
          <Field label={t('publish.changes')} help={t('publish.changesHelp')} hideLabel>
            <TextArea
              rows={3}
              maxLength={5_000}
              value={about.changes}
              onChange={(event) => change({ changes: event.target.value })}
            />
          </Field>
        </Part>
      )}
      <div className="sticky bottom-0 -mx-6 flex flex-col gap-3 border-line border-t bg-surface px-6 py-4 phone:-mx-4 phone:px-4">
        {publish.trouble && <Refusal trouble={publish.trouble} />}
        <Button type="submit" variant="primary" busy={publish.busy} className="self-end">
          {t('publish.submit', { version: String(next) })}
        </Button>
      </div>
    </form>
  )
}

function Refusal({ trouble }: { trouble: NonNullable<ReturnType<typeof usePublish>['trouble']> }) {
  return (
    <FormError>
      {trouble.body}
      {trouble.issues.length > 0 && trouble.message === null && (
        <ul>
          {trouble.issues.map(({ path, message }) => (
            <li key={path}>{message}</li>
          ))}
        </ul>
      )}
    </FormError>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid grid-cols-[12rem_minmax(0,1fr)] gap-x-8 gap-y-3 border-line border-t py-6 phone:grid-cols-1">
      <h2 className="font-semibold">{title}</h2>
      <div className="flex min-w-0 max-w-160 flex-col gap-4">{children}</div>
    </section>
  )
}

function firstOf(workflowId: string, suggestion: Suggestion): Publishing {
  const { name, summary, icon, tags, readme, parameters, item } = suggestion
  const visibility = item?.visibility
  return {
    ...{ workflowId, name, summary, icon, tags, readme, parameters, changes: '' },
    visibility: visibility === 'chosen' || visibility === 'installation' ? visibility : 'tenant',
    shareWith: item?.shareWith ?? [],
  }
}
