import { useTroubleWords } from '#client/lib/errors.ts'
import { toast } from '#client/ui/toasts.ts'

/** Shows a trouble as a toast; for acts that have no place of their own to show it. */
export function useTroubleToast() {
  const words = useTroubleWords()
  return (error: unknown) => {
    const { title, body, requestId } = words(error)
    toast({ tone: 'bad', title, body, requestId })
  }
}
