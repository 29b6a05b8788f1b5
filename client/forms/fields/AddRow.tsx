import { Plus as PlusIcon } from 'lucide-react'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { useForm } from '../form-setting.ts'

/** The button under rows. */
export function AddRow({ to, onAdd, full }: { to: string; onAdd: () => void; full?: boolean }) {
  const t = useT('forms')
  const { readOnly } = useForm()
  if (readOnly || full) return null
  return (
    <Button
      size="sm"
      variant="quiet"
      icon={<PlusIcon aria-hidden />}
      onClick={onAdd}
      className="-ml-1.5 self-start"
      aria-label={t('list.addTo', { list: to })}
    >
      {t('list.add')}
    </Button>
  )
}
