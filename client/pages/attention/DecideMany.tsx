import { ChevronsRight, ListChecks, OctagonX, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { useCan } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog, DialogActions } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Menu, MenuItem } from '#client/ui/Menu.tsx'
import { TextArea } from '#client/ui/TextArea.tsx'
import { isJsonObject } from '#nodes/kit/json.ts'
import { parsedJson } from './changed-params.ts'
import type { AttentionFilterInput, How, Resolution } from './row.ts'
import { useResolveMany } from './use-resolve.ts'

/** Decides about all that match: what it comes to is said, and how many, before it begins. */
export function DecideMany({ filter, count }: { filter: AttentionFilterInput; count: number }) {
  const t = useT('attention')
  const [how, setHow] = useState<How | null>(null)
  if (!useCan('edit') || count === 0) return null
  return (
    <>
      <Menu
        align="end"
        trigger={<Button icon={<ListChecks aria-hidden />}>{t('many.open')}</Button>}
        className="w-72"
      >
        <MenuItem icon={<RotateCcw aria-hidden />} onSelect={() => setHow('retry')}>
          {t('many.retry')}
        </MenuItem>
        <MenuItem icon={<ChevronsRight aria-hidden />} onSelect={() => setHow('skip')}>
          {t('many.skip')}
        </MenuItem>
        <MenuItem icon={<OctagonX aria-hidden />} tone="danger" onSelect={() => setHow('fail')}>
          {t('many.fail')}
        </MenuItem>
      </Menu>
      <Dialog
        open={how !== null}
        onOpenChange={(open) => !open && setHow(null)}
        title={how ? t(`many.${how}Title`, { count }) : ''}
        description={how ? t(`many.${how}Body`) : undefined}
      >
        {how && <Ask how={how} filter={filter} onClose={() => setHow(null)} />}
      </Dialog>
    </>
  )
}

function Ask({ how, filter, onClose }: { how: How; filter: AttentionFilterInput; onClose: () => void }) {
  const t = useT('attention')
  const [text, setText] = useState(how === 'skip' ? 'null' : '')
  const { busy, resolveMany } = useResolveMany(onClose)
  const resolution = resolutionOf(how, text)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (resolution && !busy) resolveMany(filter, resolution)
      }}
    >
      {how !== 'fail' && (
        <Field
          label={t(how === 'skip' ? 'output' : 'many.set')}
          help={how === 'skip' ? undefined : t('many.setHelp')}
          error={resolution ? undefined : t(how === 'skip' ? 'notJson' : 'many.notObject')}
        >
          <TextArea mono rows={4} value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
      )}
      <DialogActions>
        <Button onClick={onClose}>{t('many.cancel')}</Button>
        <Button
          type="submit"
          variant={how === 'fail' ? 'danger' : 'primary'}
          busy={busy}
          disabled={!resolution}
        >
          {t(`many.action.${how}`)}
        </Button>
      </DialogActions>
    </form>
  )
}

function resolutionOf(how: How, text: string): Resolution | undefined {
  switch (how) {
    case 'fail':
      return { how }
    case 'skip': {
      const output = parsedJson(text)
      return output === undefined ? undefined : { how, output }
    }
    case 'retry': {
      if (text.trim() === '') return { how }
      const params = parsedJson(text)
      return isJsonObject(params) ? { how, params } : undefined
    }
    default:
      return how satisfies never
  }
}
