import { Markdown } from '#client/ui/Markdown.tsx'

/** A readme, written by a stranger: text, lists, code and links, and nothing else. */
export function Readme({ text }: { text: string }) {
  return <Markdown headings text={text} className="max-w-prose" />
}
