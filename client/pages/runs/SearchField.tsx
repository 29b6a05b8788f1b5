import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { TextInput } from '#client/ui/TextInput.tsx'

const pauseMs = 300

/** Text to find runs by; the address follows once the typing pauses. */
export function SearchField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const t = useT('monitoring')
  const [text, setText] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  // The filters were cleared, or a link led here.
  useEffect(() => setText(value), [value])
  useEffect(() => () => clearTimeout(timer.current), [])
  const change = (next: string) => {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => onChange(next), pauseMs)
  }
  return (
    <div className="w-64 shrink-0 phone:w-44">
      <TextInput
        type="search"
        icon={<Search />}
        aria-label={t('runs.search')}
        placeholder={t('runs.search')}
        value={text}
        onChange={(event) => change(event.target.value)}
      />
    </div>
  )
}
