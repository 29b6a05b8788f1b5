import { PenLine } from 'lucide-react'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Tag } from '#client/ui/Tag.tsx'
import { TextArea } from '#client/ui/TextArea.tsx'
import { readEdit } from './edits.ts'

interface ReplayStepProps {
  step: string
  title: string
  failed?: boolean
  /** What somebody writes instead; absent while it is taken as it was. */
  text: string | undefined
  /** What it gave is too long to begin with. */
  isLong: boolean
  onBegin: () => void
  /** Null: take it as it was. */
  onChange: (text: string | null) => void
}

/** A step that is taken over, and its output while it is edited. */
export function ReplayStep({ step, title, failed, text, isLong, onBegin, onChange }: ReplayStepProps) {
  const t = useT('replay')
  const read = text === undefined ? null : readEdit(text)
  const wrong = read && !read.ok && text !== '' ? t('notJson', { why: read.why }) : undefined
  return (
    <li className="px-3 py-1.5">
      <div className="flex min-h-8 items-center gap-2.5">
        <span className="min-w-0 truncate text-base">{title}</span>
        <span className="min-w-0 truncate font-mono text-faint text-xs">{step}</span>
        <span className="ml-auto flex shrink-0 items-center gap-2">
          {text !== undefined && <Tag tone="accent">{t('edited')}</Tag>}
          {text === undefined && failed && <Tag tone="bad">{t('failed')}</Tag>}
          {text === undefined && (
            <IconButton size="sm" label={t('edit', { step: title })} onClick={onBegin}>
              <PenLine />
            </IconButton>
          )}
        </span>
      </div>
      {text !== undefined && (
        <div className="flex flex-col gap-2 pb-1.5">
          <Field
            label={t('output', { step: title })}
            hideLabel
            error={wrong}
            help={isLong ? t('tooLong') : undefined}
          >
            <TextArea
              mono
              rows={5}
              spellCheck={false}
              value={text}
              onChange={(event) => onChange(event.target.value)}
            />
          </Field>
          <Button size="sm" variant="quiet" className="self-start" onClick={() => onChange(null)}>
            {t('undo')}
          </Button>
        </div>
      )}
    </li>
  )
}
