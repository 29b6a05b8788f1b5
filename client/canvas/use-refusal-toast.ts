import { useEffect } from 'react'
import { useT } from '../lib/use-t.ts'
import { toast } from '../ui/toasts.ts'
import { useEditor } from './store.ts'

/** Says why something could not be done. */
export function useRefusalToast(): void {
  const t = useT('editor')
  const refusal = useEditor((state) => state.refusal)
  useEffect(() => {
    if (refusal) toast({ title: t(`refusals.${refusal.code}`) })
  }, [refusal, t])
}
