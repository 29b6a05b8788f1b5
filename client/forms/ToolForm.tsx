import { Wrench } from 'lucide-react'
import { useT } from '#client/lib/use-t.ts'
import { Field } from '#client/ui/Field.tsx'
import { Select } from '#client/ui/Select.tsx'
import { TextArea } from '#client/ui/TextArea.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import type { DocumentNode, Problem } from '#nodes/graph/document.ts'
import type { NodePatch } from './node-patch.ts'

export interface ToolFormProps {
  node: Pick<DocumentNode, 'key' | 'tool'>
  /** Of this node. */
  problems: readonly Problem[]
  problemText: (problem: Problem) => string
  onChange: (patch: NodePatch) => void
  readOnly?: boolean
}

const approvals = ['nobody', 'editor', 'admin', 'owner'] as const
type Tool = NonNullable<DocumentNode['tool']>

/** How an agent sees the step that is lent to it, and who approves each call. */
export function ToolForm({ node, problems, problemText, onChange, readOnly = false }: ToolFormProps) {
  const t = useT('agents')
  const { tool = {} } = node
  const set = (change: { [Name in keyof Tool]?: Tool[Name] | undefined }) => {
    const next = Object.fromEntries(
      Object.entries({ ...tool, ...change }).filter(([, value]) => value !== undefined && value !== ''),
    )
    onChange({ tool: Object.keys(next).length === 0 ? undefined : next })
  }
  const nameProblem = problems.find(({ field }) => field === 'tool.name')
  return (
    <section
      aria-label={t('tool.title')}
      className="flex min-w-0 flex-col gap-4 rounded-md border border-violet/25 bg-violet-soft/30 p-3"
    >
      <div>
        <h3 className="flex items-center gap-1.5 font-medium text-sm text-violet">
          <Wrench aria-hidden className="size-3.5" />
          {t('tool.title')}
        </h3>
        <p className="text-muted text-sm">{t('tool.intro')}</p>
      </div>
      <Field label={t('tool.description')} help={t('tool.descriptionHelp')}>
        <TextArea
          rows={2}
          maxLength={2000}
          readOnly={readOnly}
          value={tool.description ?? ''}
          onChange={(event) => set({ description: event.target.value })}
        />
      </Field>
      <Field label={t('tool.name')} help={t('tool.nameHelp')} error={nameProblem && problemText(nameProblem)}>
        <TextInput
          mono
          maxLength={63}
          spellCheck={false}
          readOnly={readOnly}
          placeholder={node.key}
          value={tool.name ?? ''}
          onChange={(event) => set({ name: asName(event.target.value) })}
        />
      </Field>
      <Field label={t('tool.approval')} help={t('tool.approvalHelp')}>
        <Select
          value={tool.approval ?? 'nobody'}
          disabled={readOnly}
          options={approvals.map((value) => ({ value, label: t(`tool.${value}`) }))}
          onChange={(value) => set({ approval: value === 'nobody' ? undefined : value })}
        />
      </Field>
    </section>
  )
}

/** What is typed, as far as a name takes it: a document with another name would not be saved. */
function asName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
    .replace(/[^a-z0-9_]/g, '')
    .replace(/^[^a-z]+/, '')
}
