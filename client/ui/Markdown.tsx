import { clsx } from 'clsx'
import ReactMarkdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'

// What may be shown of a text that nobody here wrote. No images: loading one tells its server who reads, and when.
const allowed = [
  ...['p', 'br', 'hr', 'em', 'strong', 'del', 'code', 'pre', 'blockquote', 'a'],
  ...['ul', 'ol', 'li', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
  ...['table', 'thead', 'tbody', 'tr', 'th', 'td'],
]

/** An address to follow, only where it leads to a page or a mailbox. */
export function safeLink(url: string): string {
  return /^(?:https?:\/\/|mailto:)/i.test(url) ? url : ''
}

const heading = ({ children }: { children?: React.ReactNode }) => (
  <p className="mt-3 mb-1 font-semibold first:mt-0">{children}</p>
)

const components: Components = {
  h1: heading,
  h2: heading,
  h3: heading,
  h4: heading,
  h5: heading,
  h6: heading,
  a: ({ href, children }) =>
    href ? (
      <a
        href={href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="break-words text-accent underline underline-offset-2"
      >
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  table: ({ children }) => (
    <div className="my-2 overflow-x-auto">
      <table className="border-collapse text-sm [&_td]:border [&_td]:px-2 [&_td]:py-1 [&_th]:border [&_th]:px-2 [&_th]:py-1 [&_th]:text-left">
        {children}
      </table>
    </div>
  ),
}

// In a page of their own headings, those of the text begin below them.
const titled: Components = {
  ...components,
  h1: ({ children }) => <h3 className="mt-6 mb-1.5 font-semibold text-lg first:mt-0">{children}</h3>,
  h2: ({ children }) => <h4 className="mt-5 mb-1 font-semibold first:mt-0">{children}</h4>,
  h3: ({ children }) => <h5 className="mt-4 mb-1 font-semibold first:mt-0">{children}</h5>,
  h4: ({ children }) => <h6 className="mt-4 mb-1 font-medium first:mt-0">{children}</h6>,
  pre: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <pre tabIndex={0}>{children}</pre>
  ),
}

export interface MarkdownProps {
  text: string
  /** A document with headings to go by, not a message. */
  headings?: boolean
  className?: string
}

/** Markdown as text with shape: no HTML, no images, no addresses but of pages and mailboxes. */
export function Markdown({ text, headings, className }: MarkdownProps) {
  return (
    <div
      className={clsx(
        'min-w-0 break-words',
        '[&_p]:my-2 [&_p:first-child]:mt-0 [&_p:last-child]:mb-0',
        '[&_ul]:my-2 [&_ul]:list-disc [&_ul]:pl-5 [&_ol]:my-2 [&_ol]:list-decimal [&_ol]:pl-5 [&_li]:my-0.5',
        '[&_code]:rounded-xs [&_code]:bg-sunken [&_code]:px-1 [&_code]:font-mono [&_code]:text-[0.92em]',
        '[&_pre]:my-2 [&_pre]:overflow-x-auto [&_pre]:rounded-sm [&_pre]:bg-sunken [&_pre]:p-3 [&_pre_code]:bg-transparent [&_pre_code]:p-0',
        '[&_blockquote]:my-2 [&_blockquote]:border-l-2 [&_blockquote]:pl-3 [&_blockquote]:text-muted [&_hr]:my-3',
        className,
      )}
    >
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        allowedElements={allowed}
        unwrapDisallowed
        skipHtml
        urlTransform={safeLink}
        components={headings ? titled : components}
      >
        {text}
      </ReactMarkdown>
    </div>
  )
}
