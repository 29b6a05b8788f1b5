import { ConfirmDialog } from './ConfirmDialog.tsx'
import { useQuestion } from './confirm.ts'

/** Where `confirm()` shows its question; once per page. */
export function Confirmations() {
  const question = useQuestion()
  if (!question) return null
  return (
    <ConfirmDialog
      open
      title={question.title}
      action={question.action}
      tone={question.tone}
      onOpenChange={(open) => {
        if (!open) question.answer(false)
      }}
      onConfirm={() => question.answer(true)}
    >
      {question.body}
    </ConfirmDialog>
  )
}
