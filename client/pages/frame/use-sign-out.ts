import { signOut } from '#client/lib/auth.ts'
import { useT } from '#client/lib/use-t.ts'
import { toast } from '#client/ui/toasts.ts'
import { paths } from '../../paths.ts'

/** Ends the session and leaves with a fresh page, so that nothing of it stays in memory. */
export function useSignOut() {
  const t = useT('shell')
  return async () => {
    const trouble = await signOut()
    if (trouble) toast({ tone: 'bad', title: t(`auth.${trouble}`) })
    else location.assign(paths.signIn())
  }
}
